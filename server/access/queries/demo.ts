import demo from '@/db/seed/accounts.json'
import { env } from '@/server/platform/env'

export type DemoAccount = { readonly role: string; readonly name: string; readonly email: string }

/** The accounts anybody may try, with their one password. Null everywhere but in the demo, where alone they open. */
export const findDemoAccounts = (): { password: string; accounts: readonly DemoAccount[] } | null =>
  env().APP_ENV === 'demo' ? demo : null
