/** Why an account of the support stays as it is. */
export type SuperAdminRefusal = 'unknown' | 'already-off' | 'last-active'

/** Whether an agent may sign in; an intervenant without an address never does. */
export type AccountState = 'active' | 'invited' | 'without-account'

/** An agent as the back-office lists them. */
export type AgentLine = {
  readonly agentId: number
  readonly name: string
  readonly email: string | null
  readonly state: AccountState
  /** « MDS d’Arras (Pas-de-Calais) ». */
  readonly places: readonly string[]
}
