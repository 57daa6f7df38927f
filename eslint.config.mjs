import next from '@next/eslint-plugin-next'
import hooks from 'eslint-plugin-react-hooks'
import { defineConfig } from 'eslint/config'
import ts from 'typescript-eslint'

const noClock = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'The clock is an input: take `ctx.now` (docs/house.md §6). Only the doors read it.',
  },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'The clock is an input: take `ctx.now` (docs/house.md §6). Only the doors read it.',
  },
]
const noEnv = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only server/platform/env.ts reads the environment.',
}

export default defineConfig(
  {
    ignores: [
      '.next/**',
      '.next-*/**',
      'next-env.d.ts',
      'node_modules/**',
      'db/migrations/**',
      '.data/**',
      'test-results/**',
    ],
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...ts.configs.recommendedTypeChecked],
    plugins: { '@next/next': next, 'react-hooks': hooks },
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      ...next.configs['core-web-vitals'].rules,
      ...hooks.configs.recommended.rules,
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      // Drizzle runs nothing unless awaited: an un-awaited query is a silent no-op.
      '@typescript-eslint/no-floating-promises': ['error', { checkThenables: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/require-await': 'off',
      'no-restricted-syntax': ['error', ...noClock, noEnv],
    },
  },
  {
    // The doors and the tests may read the clock; the tests and the launchers may read the environment.
    files: [
      'server/api.ts',
      'server/person-api.ts',
      'server/worker.ts',
      'server/platform/env.ts',
      'db/migrate.ts',
      'db/seed/**',
      'db/testing/**',
    ],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.test.{ts,tsx}', 'e2e/**', 'scripts/**', '*.config.ts', 'db/testing/**'],
    rules: { 'no-restricted-syntax': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  { files: ['**/*.client.tsx'], rules: { 'no-restricted-syntax': ['error', noEnv] } },
)
