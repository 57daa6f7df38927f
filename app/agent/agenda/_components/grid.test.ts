import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const sources = readdirSync('app', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'))
  .map((file) => ({ file: path.join('app', file), text: readFileSync(path.join('app', file), 'utf8') }))

const GRID = 'app/agent/agenda/_components/grid.client.tsx'

/** 0.28 MB kept by each render on the server: two thousand pages end the process. */
test('the calendar library is drawn in the browser alone', () => {
  const using = sources.filter(({ text }) => text.includes("'@fullcalendar/")).map(({ file }) => file)
  expect(using).toEqual([GRID])
  const loading = sources.filter(({ text }) => /(?:from|import\() ?'[^']*grid\.client'/.test(text))
  expect(loading.map(({ file }) => file)).toEqual(['app/agent/agenda/_components/grid-view.client.tsx'])
  for (const { text } of loading) {
    expect(text).toContain("dynamic(() => import('./grid.client')")
    expect(text).toContain('ssr: false')
    expect(text.match(/import (?!type)[^\n]*grid\.client/g)).toBeNull()
  }
})
