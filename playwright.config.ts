import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { defineConfig, type PlaywrightTestConfig } from '@playwright/test'

/** `npm test` gives the browser it found; alone, `npx playwright test` looks for one itself. */
const chromiumPath = () =>
  process.env.CHROMIUM ??
  execFileSync(process.execPath, [path.join(import.meta.dirname, 'scripts/chromium.mjs')], { encoding: 'utf8' }).trim()

// The workers load this file again: they find the answer in the environment.
process.env.CHROMIUM = chromiumPath()

const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }
const WITHOUT_JAVASCRIPT_FILES = /\.nojs\.spec\.ts$/

const config: PlaywrightTestConfig = {
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 2,
  retries: 0,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // A long journey on a machine that does something else besides.
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    baseURL: process.env.BASE_URL ?? 'http://127.0.0.1:3000',
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    // Recording costs a quarter of the journeys' time: `npm test -- e2e --trace=retain-on-failure` when one is needed.
    trace: 'off',
    launchOptions: {
      executablePath: process.env.CHROMIUM,
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'telephone', testIgnore: WITHOUT_JAVASCRIPT_FILES, grepInvert: /@nojs|@bureau/, use: PHONE },
    {
      name: 'bureau',
      testIgnore: WITHOUT_JAVASCRIPT_FILES,
      grepInvert: /@nojs|@telephone/,
      use: { viewport: { width: 1280, height: 800 } },
    },
    {
      // Files named `*.nojs.spec.ts`, and tests of other files whose title carries @nojs.
      name: 'sans-javascript',
      grep: /@nojs|\.nojs\.spec\.ts/,
      use: { ...PHONE, javaScriptEnabled: false },
    },
  ],
}

export default defineConfig(config)
