/** @type {import('next').NextConfig} */
export default {
  // `next dev` would otherwise write a file into the checkout.
  agentRules: false,
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
  serverExternalPackages: ['@node-rs/argon2', 'pino', 'graphile-worker', 'nodemailer', 'postgres'],
  images: { unoptimized: true },
  typescript: { ignoreBuildErrors: true }, // `npm test` type-checks the whole tree in a step of its own
}
