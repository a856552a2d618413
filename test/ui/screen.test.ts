import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { installedBrowser } from './browser.ts';
import { aLane, openUiStation, type UiStation } from './station.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Rules of WCAG 2.2 A and AA that the page breaks badly, with what breaks them. */
const violations = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const run = (globalThis as unknown as { axe: { run(context: unknown, options: unknown): Promise<unknown> } }).axe.run;
    return run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
  });
  return (found as { violations: { id: string; impact: string; nodes: { html: string }[] }[] }).violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
};

describe.skipIf(installedBrowser === null)(
  `the operator's screen${installedBrowser === null ? ' (skipped: no Chromium on this machine)' : ''}`,
  () => {
    let station: UiStation;
    let browser: Browser;
    let page: Page;
    const broken: string[] = [];
    const foreign: string[] = [];

    beforeAll(async () => {
      [station, browser] = await Promise.all([
        openUiStation(),
        chromium.launch({ executablePath: installedBrowser ?? '', args: ['--no-sandbox'] }),
      ]);
      page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', reducedMotion: 'reduce' });
      page.setDefaultTimeout(30_000);
      page.on('pageerror', (error) => broken.push(error.message));
      page.on('console', (message) => /Content Security Policy/.test(message.text()) && broken.push(message.text()));
      page.on('request', (request) => request.url().startsWith(station.url) || foreign.push(request.url()));
      await page.goto(station.url);
    });
    afterAll(async () => {
      await browser?.close();
      await station?.end();
    });
    beforeEach(() => {
      station.say([aLane()]);
      return () => page.keyboard.press('Escape');
    });

    const heading = () => page.getByRole('heading', { level: 1 });
    const counter = (name: string) => page.locator(`dl > div:has(dt:text-is("${name}")) dd`);

    it('shows the numbers that it is told, and that no part has come yet', async () => {
      await heading().getByText('RUNNING').waitFor();
      expect(await counter('Parts').textContent()).toBe('1,234');
      expect(await counter('Yield').textContent()).toBe('97.2%');
      expect(await counter('Rejected').textContent()).toBe('34');
      await page.getByText('No picture yet').waitFor();
      await page.getByText('No reject yet').waitFor();
      expect(await page.getByText('2.6 · 4.1 ms').count()).toBe(1);
    });

    it('draws the live picture, the region and the verdict', async () => {
      station.preview('ok', 4711);
      await page.getByLabel('Verdict').getByText('Part 4,711', { exact: true }).waitFor();
      const colours = await page
        .locator('canvas')
        .first()
        .evaluate((canvas: HTMLCanvasElement) => {
          const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
          copy?.drawImage(canvas, 0, 0);
          return new Set(copy?.getImageData(0, 0, canvas.width, canvas.height).data ?? []).size;
        });
      expect(colours).toBeGreaterThan(8);
      expect(await page.locator('svg rect').last().getAttribute('width')).toBe('320');
      expect(await page.getByLabel('Verdict').getByText('OK', { exact: true }).isVisible()).toBe(true);
    });

    it('opens the large picture of a reject with what is known of it', async () => {
      await station.decide({
        sequence: 1,
        verdict: 'nok',
        reason: 'cracked',
        label: 'cracked',
        scores: [0.02, 0.97, 0.01],
        reject: true,
        confidence: 0.97,
      });
      await page.getByRole('button', { name: /NOK cracked.* part 1,001/ }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('With a certainty of 97% the part is bad, most likely “cracked”.').waitFor();
      await page.waitForFunction(() => document.querySelector<HTMLImageElement>('dialog img')?.naturalWidth === 320);
      expect(await dialog.locator('ol li').allTextContents()).toEqual(['cracked97.0%', 'good2.0%', 'missing1.0%']);
      const facts = ['the PLC has acknowledged after 0.3 ms', 'parts 1.0.0 · 01234567', 'CPU', 'resistor-0603'];
      const told = await dialog.locator('dd').allTextContents();
      expect(facts.filter((fact) => !told.some((text) => text.includes(fact)))).toEqual([]);
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      expect(await dialog.count()).toBe(0);
    });

    it('says what is wrong, what goes on meanwhile and what to do', async () => {
      station.say([
        aLane({
          camera: {
            state: 'lost',
            message: 'No frame for 120 ms.',
            fps: 0,
            frames: 5000,
            dropped: 0,
            refused: {},
            trouble: null,
          },
        }),
      ]);
      await heading().getByText('NO PICTURES').waitFor();
      await page.getByText('NO VERDICT').waitFor();
      await page.getByRole('article', { name: 'Camera' }).getByText('Check cable, power and light.').waitFor();
      await page.getByRole('button', { name: 'Show 1 alarm' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('the camera gives no frames.').waitFor();
      await dialog.getByText('No frame for 120 ms.').waitFor();
      expect(await page.locator('[data-seen="false"]').count()).toBe(2);
      expect(await violations(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Seen' }).click();
      expect(await page.locator('[data-seen="false"]').count()).toBe(0);
      await dialog.getByRole('button', { name: 'Close' }).click();
    });

    it('says loudly that bad parts pass, and for how long they have', async () => {
      const { plc } = aLane();
      station.say([aLane({ plc: { ...plc, mode: 'bypass' } })]);
      await heading().getByText('BYPASS').waitFor();
      const status = page.getByRole('status').filter({ hasText: 'BYPASS' });
      await status.getByText('Bad parts are not rejected').waitFor();
      await status.getByText(/^for \d+ s$/).waitFor();
      expect(await violations(page)).toEqual([]);
    });

    it('switches between lanes', async () => {
      station.say([aLane(), aLane({ lane: 'lane-2', counts: { ...aLane().counts, parts: 77 } })]);
      await page.getByRole('button', { name: /lane-2/ }).click();
      await page.waitForFunction(() => document.querySelector('dd')?.textContent === '77');
      await page.getByText('No part yet').waitFor();
      expect(await page.getByRole('button', { name: /lane-2/ }).getAttribute('aria-current')).toBe('true');
      await page.getByRole('button', { name: /lane-1/ }).click();
    });

    it('lets a person who has seen to the cause reset an interlock', async () => {
      const tripped = {
        kind: 'reject-rate',
        rejects: 30,
        parts: 60,
        does: 'stop',
        what: 'Half of the parts were rejected.',
        atMs: 5,
      } as const;
      station.say([aLane({ interlocks: [tripped] })]);
      await page.getByLabel('Alarms').getByText('30 of the last 60 parts were rejected.').waitFor();
      await page.getByRole('button', { name: /Show \d+ alarm/ }).click();
      await page.getByRole('button', { name: 'Reset', exact: true }).click();
      expect(await station.resetTold('lane-1')).toBe('operator');
      expect(await violations(page)).toEqual([]);
      station.say([aLane()]);
      await page.getByText('Being reset').waitFor({ state: 'detached' });
      await page.keyboard.press('Escape');
    });

    it('says that the station is lost and how old is what it shows, and comes back by itself', async () => {
      await station.kill();
      await page.getByRole('alert').getByText('No connection to the station').waitFor();
      await page.getByText(/What you see is \d+ s old/).waitFor();
      await heading().getByText('NOT CONNECTED').waitFor();
      expect(await violations(page)).toEqual([]);
      await station.start();
      await heading().getByText('RUNNING').waitFor();
      station.preview('ok', 4712);
      await page.getByLabel('Verdict').getByText('Part 4,712', { exact: true }).waitFor();
    });

    it('fits panels and phones, with targets for gloves', async () => {
      for (const size of [
        { width: 1280, height: 800 },
        { width: 1920, height: 1080 },
      ]) {
        await page.setViewportSize(size);
        expect(await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight])).toEqual([
          size.width,
          size.height,
        ]);
      }
      const buttons = await page.getByRole('button').all();
      const boxes = await Promise.all(buttons.map((button) => button.boundingBox()));
      expect(Math.min(...boxes.flatMap((box) => [box?.width ?? 0, box?.height ?? 0]))).toBeGreaterThanOrEqual(64);
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      await page.setViewportSize({ width: 1280, height: 800 });
    });

    it('speaks German when asked to, and remembers it', async () => {
      await page.getByRole('button', { name: 'DE: auf Deutsch umschalten' }).click();
      await heading().getByText('LÄUFT').waitFor();
      await page.reload();
      await heading().getByText('LÄUFT').waitFor();
      expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
      expect(await violations(page)).toEqual([]);
    });

    it('has broken nowhere and asked nobody but its station', () => {
      expect(broken).toEqual([]);
      expect(foreign.filter((url) => !url.startsWith('blob:'))).toEqual([]);
    });
  },
);
