import { LinkCard } from '@/app/_ui/card'
import { Tag } from '@/app/_ui/tag'
import { accountWords } from '@/app/_words/super'
import type { AgentLine } from '@/server/access/rules/super-admin'

/** Agents as the back-office finds them, each leading to their page. */
export function AgentList({ agents }: { agents: readonly AgentLine[] }) {
  return (
    <ul className="grid gap-2">
      {agents.map(({ agentId, name, email, state, places }) => (
        <li key={agentId}>
          <LinkCard
            href={`/super/agents/${agentId}`}
            title={name}
            aside={state !== 'active' && <Tag tone={accountWords[state].tone}>{accountWords[state].label}</Tag>}
          >
            <span className="block wrap-anywhere">{email ?? 'Sans adresse e-mail'}</span>
            <span className="block">{places.length > 0 ? places.join(', ') : 'Dans aucune organisation'}</span>
          </LinkCard>
        </li>
      ))}
    </ul>
  )
}
