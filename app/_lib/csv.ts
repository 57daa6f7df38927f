// A table is written one way, whether a page hands it over or the worker makes it.
export * from '@/server/kernel/csv'
