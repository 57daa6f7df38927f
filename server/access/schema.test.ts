import { expect, test } from 'vitest'
import { messageFilterSchema } from './schema'

test.each([
  ['lea@example.org', true],
  ['any', true],
  ['', false],
  ['lea\0', false],
])('looks for messages to %j: %s', (recipient, isTaken) =>
  expect(messageFilterSchema.safeParse({ channel: 'any', recipient }).success).toBe(isTaken),
)
