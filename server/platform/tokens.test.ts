import { expect, test } from 'vitest'
import { rowOfSignedId, signedId } from './tokens'

test.each([1, 35, 36, 987_654_321])('a token says that it is of row %i, and of no other', (rowId) => {
  const token = signedId('message-choices', rowId)
  expect(rowOfSignedId('message-choices', token)).toBe(rowId)
  expect(rowOfSignedId('sms-replies', token)).toBeNull()
  const [, sign = ''] = /^[^-]+-(.*)$/.exec(token) ?? []
  expect(rowOfSignedId('message-choices', `${(rowId + 1).toString(36)}-${sign}`)).toBeNull()
  expect(rowOfSignedId('message-choices', `0${token}`)).toBeNull()
  for (const odd of ['', token.slice(0, -1), `${token}x`, token.toUpperCase(), `-${sign}`]) {
    expect(rowOfSignedId('message-choices', odd)).toBeNull()
  }
})
