import { Button } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { Pagination } from '@/app/_ui/pagination'

/** Looks for somebody by name or e-mail, in the address of the page itself. */
export function PeopleSearch({
  action,
  search,
  territoryId,
}: {
  action: string
  search: string
  territoryId?: number
}) {
  return (
    <form method="get" action={action} role="search" className="flex flex-col gap-3 sm:flex-row sm:items-end">
      {territoryId !== undefined && <input type="hidden" name="territoire" value={territoryId} />}
      <div className="sm:flex-1">
        <Field
          name="q"
          label="Chercher un agent"
          type="search"
          defaultValue={search}
          maxLength={100}
          autoComplete="off"
        />
      </div>
      <Button variant="secondary">Chercher</Button>
    </form>
  )
}

/** The way through a long list, `q` kept. */
export function PeoplePages({
  path,
  query,
  page,
  hasMore,
}: {
  path: string
  query: Readonly<Record<string, string>>
  page: number
  hasMore: boolean
}) {
  const href = (to: number) => `${path}?${new URLSearchParams({ ...query, page: String(to) }).toString()}`
  return (
    <Pagination
      label="Pages de la liste"
      previous={page > 1 ? { href: href(page - 1), words: 'Précédents' } : null}
      next={hasMore ? { href: href(page + 1), words: 'Suivants' } : null}
    />
  )
}
