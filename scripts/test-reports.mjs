// Reads the JSON reports of the test runners into counts: { passed, failed, skipped }.
import fs from 'node:fs'

export const ONE_PASSED = { passed: 1, failed: 0, skipped: 0 }
export const ONE_FAILED = { passed: 0, failed: 1, skipped: 0 }

export const add = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
})

const NOTHING = { passed: 0, failed: 0, skipped: 0 }

function readReport(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/** A runner that ends badly without naming a failed test (crash, unhandled error, no report) counts as one failure. */
const atLeastOneFailure = (counts, code) => (code !== 0 && counts.failed === 0 ? add(counts, ONE_FAILED) : counts)

export function countVitest(file, code) {
  const report = readReport(file)
  const counts = (report?.testResults ?? []).map(({ status, assertionResults }) => {
    const having = (...statuses) => assertionResults.filter((test) => statuses.includes(test.status)).length
    const failed = having('failed')
    const isBroken = status === 'failed' && failed === 0 // the file itself could not be loaded
    return { passed: having('passed'), failed: isBroken ? 1 : failed, skipped: having('pending', 'skipped', 'todo') }
  })
  return atLeastOneFailure(counts.reduce(add, NOTHING), code)
}

const ACCESSIBILITY = /accessib|@a11y/

/** Counts of a Playwright run, journeys apart from accessibility scans (told by file name or the tag @a11y). */
export function countPlaywright(file, code) {
  const tests = (readReport(file)?.suites ?? []).flatMap((suite) => testsOf(suite, ''))
  const count = (some) =>
    some.reduce((sum, { status }) => {
      if (status === 'skipped') return add(sum, { ...NOTHING, skipped: 1 })
      return add(sum, status === 'unexpected' ? ONE_FAILED : ONE_PASSED)
    }, NOTHING)
  const accessibility = count(tests.filter(({ title }) => ACCESSIBILITY.test(title)))
  const journeys = count(tests.filter(({ title }) => !ACCESSIBILITY.test(title)))
  const isExplained = journeys.failed + accessibility.failed > 0
  return { journeys: isExplained ? journeys : atLeastOneFailure(journeys, code), accessibility }
}

function testsOf(suite, parents) {
  const path = `${parents} ${suite.title}`
  const own = (suite.specs ?? []).flatMap((spec) =>
    spec.tests.map(({ status }) => ({
      status,
      title: `${path} ${spec.title} ${(spec.tags ?? []).map((t) => `@${t}`).join(' ')}`,
    })),
  )
  return [...own, ...(suite.suites ?? []).flatMap((child) => testsOf(child, path))]
}
