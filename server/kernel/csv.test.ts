import { expect, test } from 'vitest'
import { csvOf } from './csv'

test('French spreadsheets open it: a mark, semicolons, quotes where they are needed', () => {
  expect(
    csvOf([
      ['Nom', 'Consignes'],
      ['Bilan', 'Venez ; « à jeun », dit-on "vraiment"\nMerci'],
    ]),
  ).toBe('\ufeffNom;Consignes\r\nBilan;"Venez ; « à jeun », dit-on ""vraiment""\nMerci"\r\n')
})

test('nothing typed becomes a formula', () => {
  for (const text of ['=1+1', '+33', '-2', '@SUM(A1)', ' =1', '\t=1', '\u00a0=1'])
    expect(csvOf([[text]]), text).toContain(`'${text}`)
  expect(csvOf([['a=1']])).toBe('\ufeffa=1\r\n')
})
