import { defineConfig } from 'vitest/config'

const exclude = ['**/node_modules/**', '**/.next/**', '**/.data/**']

export default defineConfig({
  resolve: { alias: { '@': import.meta.dirname } },
  test: {
    env: {
      APP_ENV: 'test',
      APP_SECRET: 'a-secret-for-tests-only-0123456789abcdef',
      NEXTAUTH_SECRET: 'another-secret-for-tests-only-0123456789',
      DATABASE_URL: 'postgres://nowhere.invalid/never-used',
      LOG_LEVEL: 'silent',
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...exclude, '**/*.db.test.ts'],
          globalSetup: ['scripts/assets.mjs'],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: ['**/*.db.test.ts'],
          exclude,
          globalSetup: ['db/testing/global-setup.ts'],
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
