import { test as base, type Page } from '@playwright/test'

/**
 * The journeys' `test`: after each page that has scripts is loaded, the next action waits until they have taken over. A
 * person is slower than that; whoever clicks within milliseconds of a page presses buttons that do not answer yet.
 */
export const test = base.extend({
  page: async ({ page, javaScriptEnabled }, run) => {
    if (javaScriptEnabled !== false) await waitForScripts(page)
    await run(page)
  },
})

const ASLEEP = 'html:not([data-awake]):has(script[src*="/_next/"])'
/** A page of error may have none: it is not waited for longer. */
const LONGEST_MS = 10_000

const waitForScripts = (page: Page) =>
  page.addLocatorHandler(
    page.locator(ASLEEP),
    () =>
      page.evaluate(async (longestMs) => {
        const isAwake = () =>
          [...document.querySelectorAll('body a, body button, body form')].some((one) =>
            Object.keys(one).some((key) => key.startsWith('__react')),
          )
        const endsAt = performance.now() + longestMs
        while (!isAwake() && performance.now() < endsAt) await new Promise((resolve) => setTimeout(resolve, 20))
        document.documentElement.setAttribute('data-awake', '')
      }, LONGEST_MS),
    { noWaitAfter: true },
  )
