import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Spans, hasOverlap, merge, noSpans, overlaps, pushSpan, sortByStart, subtract } from './interval'

const RUNS = { numRuns: 2000 }
const spansOf = (pairs: readonly (readonly [number, number])[]): Spans => {
  const spans = noSpans(1)
  pairs.forEach(([start, end], tag) => pushSpan(spans, start, end, tag))
  return spans
}
const pairsOf = ({ count, start, end }: Spans) => Array.from({ length: count }, (_, i) => [start[i], end[i]])
const minutesOf = (spans: Spans) =>
  new Set(pairsOf(spans).flatMap(([start, end]) => Array.from({ length: end! - start! }, (_, i) => start! + i)))

const somePairs = fc.array(
  fc.tuple(fc.integer({ min: -50, max: 150 }), fc.integer({ min: 1, max: 40 })).map(([start, length]) => {
    return [start, start + length] as const
  }),
  { maxLength: 80 },
)
const sorted = (pairs: readonly (readonly [number, number])[]) => pairs.toSorted((a, b) => a[0] - b[0])

describe('half-open intervals', () => {
  const at = (startMs: number, endMs: number) => ({ startMs, endMs })

  test('touching intervals do not overlap', () => {
    expect(overlaps(at(0, 10), at(10, 20))).toBe(false)
    expect(overlaps(at(10, 20), at(0, 10))).toBe(false)
  })

  test.each([
    [at(0, 10), at(9, 20)],
    [at(0, 30), at(10, 20)],
    [at(10, 20), at(0, 30)],
    [at(0, 10), at(0, 10)],
  ])('%j and %j overlap', (a, b) => expect(overlaps(a, b)).toBe(true))
})

describe('spans', () => {
  test('sorting keeps every span whole and equal starts in order', () => {
    fc.assert(
      fc.property(somePairs, (pairs) => {
        const spans = spansOf(pairs)
        sortByStart(spans)
        expect(pairsOf(spans)).toEqual(sorted(pairs))
        const tags = [...spans.tag.slice(0, spans.count)]
        expect(tags.map((tag) => pairs[tag])).toEqual(sorted(pairs))
        tags.forEach((tag, i) =>
          expect(i > 0 && spans.start[i] === spans.start[i - 1] && tag < tags[i - 1]!).toBe(false),
        )
      }),
      RUNS,
    )
  })

  test('merging two lists gives the same minutes, disjoint, and joins what touches', () => {
    expect(
      (() => {
        const out = noSpans()
        merge(spansOf([[0, 10]]), spansOf([[10, 20]]), out)
        return pairsOf(out)
      })(),
    ).toEqual([[0, 20]])
    fc.assert(
      fc.property(somePairs, somePairs, (a, b) => {
        const out = noSpans(1)
        merge(spansOf(sorted(a)), spansOf(sorted(b)), out)
        expect(minutesOf(out)).toEqual(new Set([...minutesOf(spansOf(a)), ...minutesOf(spansOf(b))]))
        for (let i = 1; i < out.count; i++) expect(out.start[i]).toBeGreaterThan(out.end[i - 1]!)
      }),
      RUNS,
    )
  })

  test('subtracting leaves of each span the minutes nobody took, under its own tag', () => {
    fc.assert(
      fc.property(somePairs, somePairs, (openPairs, takenPairs) => {
        const [open, taken, out] = [spansOf(sorted(openPairs)), noSpans(), noSpans(1)]
        merge(spansOf(sorted(takenPairs)), noSpans(), taken)
        subtract(open, taken, out)
        const gone = minutesOf(taken)
        for (let i = 0; i < open.count; i++) {
          const left = pairsOf(out).filter((_, k) => out.tag[k] === open.tag[i])
          const minutes = minutesOf(spansOf([[open.start[i]!, open.end[i]!]]))
          expect(minutesOf(spansOf(left as [number, number][]))).toEqual(
            new Set([...minutes].filter((minute) => !gone.has(minute))),
          )
        }
      }),
      RUNS,
    )
  })

  test('overlap is seen wherever it is', () => {
    expect(hasOverlap(spansOf([]))).toBe(false)
    expect(hasOverlap(spansOf([[0, 10], [10, 20]]))).toBe(false) // prettier-ignore
    expect(hasOverlap(spansOf([[0, 10], [10, 20], [19, 30]]))).toBe(true) // prettier-ignore
  })
})
