// The policy for scripts, which changes with each answer, is in proxy.ts.
const FIXED_HEADERS = {
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
}

/** @type {import('next').NextConfig} */
export default {
  // `next dev` would otherwise write a file into the checkout.
  agentRules: false,
  // No title waits for anything: it comes in the head, never after the page, where it would be missing for an instant.
  htmlLimitedBots: /.*/,
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
  serverExternalPackages: [
    '@myriaddreamin/typst-ts-node-compiler',
    '@node-rs/argon2',
    'pino',
    'graphile-worker',
    'mailparser',
    'nodemailer',
    'postgres',
  ],
  images: { unoptimized: true },
  headers: () => [
    {
      source: '/assets/:file(.+-.+)', // a name of its own for each content
      headers: [{ key: 'Cache-Control', value: 'public, max-age=31536000, immutable' }],
    },
    { source: '/:path*', headers: Object.entries(FIXED_HEADERS).map(([key, value]) => ({ key, value })) },
  ],
  typescript: { ignoreBuildErrors: true }, // `npm test` type-checks the whole tree in a step of its own
}
