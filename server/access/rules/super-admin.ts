/** Why an account of the support stays as it is. */
export type SuperAdminRefusal = 'unknown' | 'already-off' | 'last-active'

/** An agent as the back-office lists them. */
export type AgentLine = {
  readonly agentId: number
  readonly name: string
  readonly email: string | null
  readonly state: 'invited' | 'active'
  /** « MDS d’Arras (Pas-de-Calais) ». */
  readonly places: readonly string[]
}
