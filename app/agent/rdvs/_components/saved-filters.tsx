import { Button } from '@/app/_ui/button'
import { CheckField } from '@/app/_ui/controls'
import { Field } from '@/app/_ui/field'
import { Tag } from '@/app/_ui/tag'
import { faultSentence } from '@/app/_words/administration'
import { filterRefusalWords } from '@/app/_words/rdv-list'
import type { SavedFilter } from '@/server/booking/rules/rdv-list'
import { KEPT_PARAMETERS } from '@/server/booking/schema/rdv-list'
import { listHref, type Asked } from './asked'

type Typed = { fields: Readonly<Record<string, string>>; faults: Readonly<Record<string, string>> }

/** The agent's own filters, each a link; and the one on screen, to be kept under a name. */
export function SavedFilters({
  filters,
  asked,
  typed,
}: {
  filters: readonly SavedFilter[]
  asked: Asked
  typed: Typed
}) {
  const fault = typed.faults.name
  const refusal = Object.entries(filterRefusalWords).find(([reason]) => reason === fault)?.[1]
  return (
    <section aria-labelledby="filtres" className="space-y-2">
      <h2 id="filtres" className={filters.length > 0 ? 'text-lg' : 'sr-only'}>
        Mes filtres
      </h2>
      {filters.length > 0 && (
        <ul className="flex flex-wrap gap-x-5">
          {filters.map(({ id, name, query, isDefault }) => (
            <li key={id} className="flex items-center gap-2">
              <a href={listHref(query)} className="link inline-flex min-h-11 items-center font-semibold">
                {name}
              </a>
              {isDefault && <Tag>à l’ouverture</Tag>}
            </li>
          ))}
        </ul>
      )}
      <details open={fault !== undefined} className="rounded-card border border-line px-4">
        <summary className="min-h-11 cursor-pointer py-2.5 font-bold">
          {filters.length > 0 ? 'Garder ce filtre, gérer mes filtres' : 'Garder ce filtre'}
        </summary>
        <div className="space-y-4 pb-4">
          <form method="post" action="/agent/rdvs/filtres/enregistrer" className="space-y-3" noValidate>
            <Kept given={asked.given} />
            <Field
              name="name"
              label="Nom du filtre"
              hint={'Le nom de l’usager cherché n’est pas gardé. Exemple\u00a0: Mes RDV de la semaine'}
              defaultValue={typed.fields.name ?? ''}
              error={refusal ?? faultSentence(fault)}
              maxLength={60}
              autoComplete="off"
            />
            <CheckField
              name="isDefault"
              value="oui"
              label="Ouvrir la liste sur ce filtre"
              defaultChecked={typed.fields.isDefault === 'oui'}
            />
            <Button variant="secondary">Garder ce filtre</Button>
          </form>
          {filters.length > 0 && (
            <ul className="divide-y divide-line" aria-label="Gérer mes filtres">
              {filters.map((filter) => (
                <li key={filter.id}>
                  <form
                    method="post"
                    action="/agent/rdvs/filtres/changer"
                    className="flex flex-wrap items-center gap-x-4 py-1"
                  >
                    <Kept given={asked.given} />
                    <input type="hidden" name="filterId" value={filter.id} />
                    <span className="min-w-0 flex-1 font-semibold">{filter.name}</span>
                    <Act to={filter.isDefault ? 'not-default' : 'default'} about={filter.name}>
                      {filter.isDefault ? 'Ne plus ouvrir dessus' : 'Ouvrir dessus'}
                    </Act>
                    <Act to="gone" about={filter.name}>
                      Supprimer
                    </Act>
                  </form>
                </li>
              ))}
            </ul>
          )}
        </div>
      </details>
    </section>
  )
}

function Act({ to, about, children }: { to: string; about: string; children: string }) {
  return (
    <button name="to" value={to} className="link min-h-11 cursor-pointer">
      {children}
      <span className="sr-only">{`\u00a0: ${about}`}</span>
    </button>
  )
}

/** The filters on screen, carried by the form. */
function Kept({ given }: { given: Asked['given'] }) {
  return KEPT_PARAMETERS.map(
    (name) => given[name] && <input key={name} type="hidden" name={name} value={given[name]} />,
  )
}
