// One throw-away PostgreSQL for the whole `db` project, with one migrated template that each test file clones.
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { startTestPg } from '../../scripts/pg.mjs'
import { runMigrations } from '../migrate'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Server address without a database name; `tpl` is the migrated template. */
    pgUrl: string
  }
}

/** Two files run at once, and the races of each may open 200 connections. */
const MAX_CONNECTIONS = 500

export default async function setup(project: TestProject) {
  const pg = await startTestPg({ maxConnections: MAX_CONNECTIONS })
  try {
    const admin = postgres(`${pg.url}/postgres`, { max: 1, onnotice: () => {} })
    await admin.unsafe('create database tpl')
    await admin.end()
    await runMigrations(`${pg.url}/tpl`)
  } catch (error) {
    await pg.stop()
    throw error
  }
  project.provide('pgUrl', pg.url)
  return () => pg.stop()
}
