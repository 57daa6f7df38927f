'use client'

import { useState } from 'react'
import { Icon } from '@/app/_ui/icon'
import { Tag } from '@/app/_ui/tag'
import { leadWords, motifBadges, usedByWords } from '@/app/_words/catalogue'
import type { MotifSettings } from '@/server/directory/rules/motif-settings'
import { BulkEdit } from './bulk-edit.client'
import { Swatch } from './color-field.client'
import type { CatalogueChoices } from './motif-fields'

export type MotifLine = MotifSettings & {
  readonly id: number
  readonly serviceName: string
  readonly openingCount: number
}

/** The motifs, each a link; ticked ones can be changed together. */
export function MotifList({
  organisation,
  motifs,
  path,
}: {
  organisation: CatalogueChoices
  motifs: readonly MotifLine[]
  path: string
}) {
  const [ticked, setTicked] = useState<readonly number[]>([])
  // What a filter took out of sight is not changed.
  const chosen = motifs.map(({ id }) => id).filter((id) => ticked.includes(id))
  const isAll = chosen.length === motifs.length
  return (
    <div className="space-y-3">
      <label className="inline-flex min-h-12 cursor-pointer items-center gap-3">
        <input
          type="checkbox"
          checked={isAll}
          onChange={() => setTicked(isAll ? [] : motifs.map(({ id }) => id))}
          className="size-5 accent-accent"
        />
        Tout sélectionner ({motifs.length})
      </label>
      <ul className="grid gap-2">
        {motifs.map((motif) => (
          <li
            key={motif.id}
            className="flex items-stretch gap-1 rounded-card border-[1.5px] border-line-strong bg-card"
          >
            <label className="inline-flex min-h-12 min-w-12 cursor-pointer items-center justify-center">
              <span className="sr-only">Sélectionner {motif.name}</span>
              <input
                type="checkbox"
                checked={ticked.includes(motif.id)}
                onChange={({ target }) =>
                  setTicked((ids) => (target.checked ? [...ids, motif.id] : ids.filter((id) => id !== motif.id)))
                }
                className="size-5 accent-accent"
              />
            </label>
            <a
              href={`${path}/${motif.id}`}
              className="group flex min-w-0 flex-1 items-center gap-3 rounded-card py-3 pr-4 text-ink no-underline hover:bg-accent-soft"
            >
              <span className="min-w-0 flex-1 space-y-1">
                <span className="flex items-center gap-2 font-bold group-hover:underline group-hover:underline-offset-4">
                  <Swatch color={motif.color} />
                  <span className="min-w-0">{motif.name}</span>
                </span>
                {motif.publicName && <span className="block text-ink-soft">Public&nbsp;: {motif.publicName}</span>}
                <span className="block text-ink-soft">
                  {motif.serviceName}, {leadWords(motif.durationMin)}, {usedByWords(motif) ?? 'aucune plage'}
                </span>
                <span className="flex flex-wrap gap-1.5">
                  {motifBadges(motif).map((badge) => (
                    <Tag key={badge} tone="note">
                      {badge}
                    </Tag>
                  ))}
                </span>
              </span>
              <Icon name="next" className="shrink-0 text-accent" />
            </a>
          </li>
        ))}
      </ul>
      {chosen.length > 0 && <BulkEdit organisation={organisation} motifIds={chosen} />}
    </div>
  )
}
