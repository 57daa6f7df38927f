import type { DemoAccount } from '@/server/api'
import { Card } from '@/app/_ui/card'
import { returnPath } from '@/server/access/rules/return-path'

/** In the demo only: one click fills the form in, scripts or not. */
export function DemoAccounts({ accounts, retour }: { accounts: readonly DemoAccount[]; retour: string | undefined }) {
  return (
    <Card>
      <h2 className="text-lg">Comptes de démonstration</h2>
      <p className="mt-1 text-ink-soft">Choisissez-en un : le formulaire se remplit, il reste à vous connecter.</p>
      <ul className="mt-3 divide-y divide-line">
        {accounts.map((account, index) => (
          <li key={account.email}>
            <a
              href={`/connexion?${new URLSearchParams({ essai: String(index + 1), retour: returnPath(retour) }).toString()}`}
              className="group flex min-h-11 flex-col justify-center py-2 text-ink no-underline"
            >
              <span className="font-bold text-accent group-hover:underline group-hover:underline-offset-4">
                {account.name}
              </span>
              <span className="text-ink-soft">{account.role}</span>
            </a>
          </li>
        ))}
      </ul>
    </Card>
  )
}
