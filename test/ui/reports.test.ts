import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Caller } from '../../electron/contract/roles.ts';
import { aRecord } from '../records/record.ts';
import { aStation } from '../records/station.ts';
import { arrivals } from '../records/store.ts';
import { installedBrowser } from './browser.ts';
import { aLane } from './station.ts';

const screen = join(import.meta.dirname, '../../dist/renderer');

/** The built page over a real store: an order that runs, and a report that the MES has refused for good. */
const openPage = async (
  role: Caller['role'] = 'quality',
): Promise<{ page: Page; station: Awaited<ReturnType<typeof aStation>> }> => {
  const station = await aStation(true, role, screen);
  const { store, board } = station;
  store.jobs.apply({ command: 'store', number: 1, order: 'PO-1', lot: 'L-42', product: 'chips', quantity: 100 }, 1);
  store.jobs.apply({ command: 'start', number: 2, order: 'PO-1' }, 1);
  store.keep(arrivals(...Array.from({ length: 40 }, (_, index) => aRecord({ sequence: index + 1 }))), 0);
  for (let time = 0; time < 5; time++) store.reports.refused('test/lane-1/3', 'lot L-42 is closed');
  board.mes({ state: 'connected', message: '' });
  board.lineConnected(true);
  const telling = setInterval(() => board.line({ type: 'status', lanes: [aLane()], waitingRecords: 0, isFull: false }), 200);
  const browser = await chromium.launch({ executablePath: installedBrowser ?? '', args: ['--no-sandbox'] });
  onTestFinished(async () => {
    clearInterval(telling);
    await browser.close();
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'de-DE' });
  page.setDefaultTimeout(30_000);
  await page.goto(station.url);
  return { page, station };
};

describe.skipIf(installedBrowser === null)('orders and refused reports on the screen', () => {
  it('shows how far the order is, and lets a person correct a refused report and send it again', async () => {
    const { page, station } = await openPage();
    await page.getByText('40 von 100').waitFor();
    const bar = page.locator('[data-name="mes"] [data-share]');
    await expect.poll(() => bar.getAttribute('style')).toContain('40%');
    await page.getByRole('button', { name: 'Abgelehnt: 1' }).click();
    await page.getByText('lot L-42 is closed').waitFor();
    const again = page.getByRole('button', { name: 'Nochmals senden' });
    expect((await again.boundingBox())?.height).toBeGreaterThanOrEqual(64);
    await page.getByLabel('Los').fill('L-43');
    await again.click();
    await page.getByText('Das MES hat nichts abgelehnt.').waitFor();
    expect(JSON.parse(station.store.reports.next(3)[2]?.json ?? '')).toMatchObject({ sequence: 3, lot: 'L-43' });
    await page.keyboard.press('Escape');
  });

  it('lets an operator send again what another has corrected, and all of them at once', async () => {
    const { page, station } = await openPage('operator');
    const { store } = station;
    const refuse = (sequence: number): void => {
      for (let time = 0; time < 5; time++) store.reports.refused(`test/lane-1/${sequence}`, 'order unknown');
    };
    store.deadLetters.resend({ lane: 'lane-1', sequence: 3, correction: { lot: 'L-43' }, by: 'quality' }, 0);
    refuse(3);
    await page.getByRole('button', { name: 'Abgelehnt: 1' }).click();
    await page.getByText('order unknown').waitFor();
    await page.getByRole('button', { name: 'Nochmals senden' }).click();
    await page.getByText('Das MES hat nichts abgelehnt.').waitFor();
    expect(JSON.parse(store.reports.next(3)[2]?.json ?? '')).toMatchObject({ sequence: 3, lot: 'L-43' });
    for (const sequence of [3, 5, 7]) refuse(sequence);
    await page.getByRole('button', { name: 'Nochmals senden (3)' }).click();
    await page.getByText('Das MES hat nichts abgelehnt.').waitFor();
    expect(store.totals()).toMatchObject({ unreported: 40, deadLetters: 0 });
    await page.keyboard.press('Escape');
  });
});
