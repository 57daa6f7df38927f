export type Colleague = { agentId: number; name: string; services: string }

/** Others for whom a new one is made at once, each getting theirs. Nothing when there is nobody else. */
export function ColleaguesField({
  colleagues,
  agentId,
  agentIds,
  onChange,
}: {
  colleagues: readonly Colleague[]
  /** Whose agenda it is: always among them. */
  agentId: number
  agentIds: readonly number[]
  onChange: (agentIds: number[]) => void
}) {
  const others = colleagues.filter((colleague) => colleague.agentId !== agentId)
  if (others.length === 0) return null
  return (
    <details className="rounded-card border border-line bg-card">
      <summary className="min-h-12 cursor-pointer px-4 py-3 font-bold">
        Aussi pour des collègues
        {agentIds.length > 1 && ` (${agentIds.length - 1})`}
      </summary>
      <ul className="grid px-4 pb-3 sm:grid-cols-2">
        {others.map((colleague) => (
          <li key={colleague.agentId}>
            <label className="flex min-h-12 cursor-pointer items-center gap-3 py-1">
              <input
                type="checkbox"
                checked={agentIds.includes(colleague.agentId)}
                onChange={({ target }) => onChange(toggled(agentIds, colleague.agentId, target.checked))}
                className="size-5 shrink-0 accent-accent"
              />
              <span>
                {colleague.name} <span className="text-ink-soft">{colleague.services}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </details>
  )
}

export const toggled = (list: readonly number[], one: number, isIn: boolean): number[] =>
  isIn ? [...list, one] : list.filter((other) => other !== one)
