/** A running identity provider on loopback. `env`: what makes the site ask it. */
export interface RunningIdentityProvider {
  issuer: string
  client: { id: string; secret: string }
  env: Record<string, string>
  stop(): void
}
export function startIdentityProvider(options: {
  appUrl: string
  claimsOf: (sub: string) => Record<string, string>
}): Promise<RunningIdentityProvider>
