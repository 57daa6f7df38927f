/** The three boxes of a date as 'YYYY-MM-DD', right or wrong; undefined when all are empty. */
export function dayFrom(fields: Readonly<Record<string, string>>, name: string): string | undefined {
  const [day, month, year] = ['jour', 'mois', 'annee'].map((part) =>
    (fields[`${name}-${part}`] ?? '').trim().replaceAll('-', '').slice(0, 10),
  )
  if (!day && !month && !year) return undefined
  return [year, (month ?? '').padStart(2, '0'), (day ?? '').padStart(2, '0')].join('-')
}
