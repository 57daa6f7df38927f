/**
 * A name as a parameter of a calendar may hold it, as `CN="…"`: RFC 5545 allows no straight quote there and has no way to write
 * one, so that typographic ones stand for them.
 */
export const calendarName = (name: string): string =>
  name.replaceAll(/"([^"]*)"/g, '«\u00a0$1\u00a0»').replaceAll('"', '”')
