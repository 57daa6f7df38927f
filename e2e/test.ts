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
const LONGEST_MS = 5000

/** For a journey of which that is the matter: what is pressed before the scripts are there. */
export const actAtOnce = (page: Page) => page.removeLocatorHandler(page.locator(ASLEEP))

const waitForScripts = (page: Page) =>
  page.addLocatorHandler(
    page.locator(ASLEEP),
    () =>
      page.evaluate(async (longestMs) => {
        // React takes over a page piece by piece: its frame first, then what fills it.
        const isTakenOver = (one: Element) => Object.keys(one).some((key) => key.startsWith('__react'))
        const isAwake = () => {
          const all = [...document.querySelectorAll('body :is(a, button, input, select, textarea, form)')]
          return document.readyState !== 'loading' && all.length > 0 && all.every(isTakenOver)
        }
        const endsAt = performance.now() + longestMs
        while (!isAwake() && performance.now() < endsAt) await new Promise((resolve) => setTimeout(resolve, 20))
        document.documentElement.setAttribute('data-awake', '')
      }, LONGEST_MS),
    { noWaitAfter: true },
  )
