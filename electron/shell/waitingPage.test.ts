import { describe, expect, it } from 'vitest';
import { waitingPage } from './waitingPage.ts';

const htmlOf = (url: string): string => decodeURIComponent(url.slice(url.indexOf(',') + 1));

describe('waiting page', () => {
  it('needs nothing from anywhere and runs nothing', () => {
    const html = htmlOf(waitingPage('start', 'en'));
    expect(html).not.toMatch(/<script|src=|href=|url\(|http:|https:/);
    expect(html).toContain("default-src 'none'");
  });

  it('speaks the language of the panel, and English where it cannot', () => {
    expect(htmlOf(waitingPage('start', 'de-AT'))).toContain('Die Station startet');
    expect(htmlOf(waitingPage('again', 'fr'))).toContain('The station is started again');
  });
});
