/** A half-open stretch of time [startMs, endMs): its end is not in it, so neighbours touch without overlapping. */
export type Interval = { startMs: number; endMs: number }

/** Whether two half-open intervals share an instant; touching ones do not. */
export const overlaps = (a: Interval, b: Interval): boolean => a.startMs < b.endMs && b.startMs < a.endMs

/**
 * Many half-open spans [start, end) in whole minutes since the epoch, as columns that grow.
 * `tag` says where a span comes from (the caller's own numbering). Only the first `count` cells mean anything.
 */
export type Spans = { count: number; start: Int32Array; end: Int32Array; tag: Int32Array }

/** A list of spans without any span yet. */
export const noSpans = (capacity = 64): Spans => ({
  count: 0,
  start: new Int32Array(capacity),
  end: new Int32Array(capacity),
  tag: new Int32Array(capacity),
})

/** A column twice as long, with the same first cells. */
export function twiceAsLong(column: Int32Array): Int32Array {
  const longer = new Int32Array(column.length * 2)
  longer.set(column)
  return longer
}

/** Appends one span. */
export function pushSpan(spans: Spans, start: number, end: number, tag: number): void {
  if (spans.count === spans.start.length) {
    spans.start = twiceAsLong(spans.start)
    spans.end = twiceAsLong(spans.end)
    spans.tag = twiceAsLong(spans.tag)
  }
  spans.start[spans.count] = start
  spans.end[spans.count] = end
  spans.tag[spans.count++] = tag
}

const isSorted = ({ count, start }: Spans): boolean => {
  for (let i = 1; i < count; i++) if ((start[i - 1] as number) > (start[i] as number)) return false
  return true
}

/** Whether spans sorted by start overlap anywhere. */
export function hasOverlap({ count, start, end }: Spans): boolean {
  let reached = -Infinity
  for (let i = 0; i < count; i++) {
    if ((start[i] as number) < reached) return true
    reached = end[i] as number
  }
  return false
}

const INDEX_ROOM = 2 ** 21
const FEW = 48

/** Puts spans in order of start, in place; equal starts keep their order. At most two million spans. */
export function sortByStart(spans: Spans): void {
  if (spans.count <= FEW) insertInOrder(spans)
  else if (!isSorted(spans)) sortMany(spans)
}

function insertInOrder({ count, start, end, tag }: Spans): void {
  for (let i = 1; i < count; i++) {
    const lateStart = start[i] as number
    const lateEnd = end[i] as number
    const lateTag = tag[i] as number
    let at = i
    for (; at > 0 && (start[at - 1] as number) > lateStart; at--) {
      start[at] = start[at - 1] as number
      end[at] = end[at - 1] as number
      tag[at] = tag[at - 1] as number
    }
    start[at] = lateStart
    end[at] = lateEnd
    tag[at] = lateTag
  }
}

function sortMany({ count, start, end, tag }: Spans): void {
  const order = new Float64Array(count)
  // start and index in one number: the native sort needs no comparator, and 32 + 21 bits fit a double exactly
  for (let i = 0; i < count; i++) order[i] = (start[i] as number) * INDEX_ROOM + i
  order.sort()
  const [starts, ends, tags] = [start.slice(0, count), end.slice(0, count), tag.slice(0, count)]
  for (let i = 0; i < count; i++) {
    const key = order[i] as number
    const from = key - Math.floor(key / INDEX_ROOM) * INDEX_ROOM
    start[i] = starts[from] as number
    end[i] = ends[from] as number
    tag[i] = tags[from] as number
  }
}

/** Replaces `out` by the union of two lists sorted by start: sorted, disjoint, spans that touch made one. Tags are lost. */
export function merge(a: Spans, b: Spans, out: Spans): void {
  out.count = 0
  let ends = 0
  for (let i = 0, j = 0; i < a.count || j < b.count;) {
    const isNextInA = j === b.count || (i < a.count && (a.start[i] as number) <= (b.start[j] as number))
    const start = (isNextInA ? a.start[i] : b.start[j]) as number
    const end = (isNextInA ? a.end[i++] : b.end[j++]) as number
    if (out.count === 0 || start > ends) pushSpan(out, start, end, 0)
    else if (end <= ends) continue
    else out.end[out.count - 1] = end
    ends = end
  }
}

/**
 * Replaces `out` by what is left of each span of `open` once `taken` is removed; tags are kept.
 * Both sorted by start; `taken` disjoint, as `merge` makes it; spans of `open` may overlap and are cut each on its own.
 */
export function subtract(open: Spans, taken: Spans, out: Spans): void {
  out.count = 0
  let first = 0
  for (let i = 0; i < open.count; i++) {
    let free = open.start[i] as number
    const end = open.end[i] as number
    const tag = open.tag[i] as number
    while (first < taken.count && (taken.end[first] as number) <= free) first++
    for (let k = first; k < taken.count && (taken.start[k] as number) < end; k++) {
      if ((taken.start[k] as number) > free) pushSpan(out, free, taken.start[k] as number, tag)
      free = taken.end[k] as number
    }
    if (free < end) pushSpan(out, free, end, tag)
  }
}

/** Replaces `out` by what two lists share; both sorted and disjoint, as `merge` makes them. Tags are lost. */
export function intersect(a: Spans, b: Spans, out: Spans): void {
  out.count = 0
  for (let i = 0, j = 0; i < a.count && j < b.count;) {
    const [aEnd, bEnd] = [a.end[i] as number, b.end[j] as number]
    const start = Math.max(a.start[i] as number, b.start[j] as number)
    const end = Math.min(aEnd, bEnd)
    if (start < end) pushSpan(out, start, end, 0)
    if (aEnd <= bEnd) i++
    else j++
  }
}
