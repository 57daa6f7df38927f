/** Why an account of the support stays as it is. */
export type SuperAdminRefusal = 'unknown' | 'already-off' | 'last-active'
