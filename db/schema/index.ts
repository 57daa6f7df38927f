// The only barrel of the house: drizzle-kit reads the whole schema from one file.
export * from './access'
export * from './access-grants'
export * from './booking'
export * from './directory'
export * from './people'
export * from './platform'
export * from './scheduling'
export * from './sectorisation'
