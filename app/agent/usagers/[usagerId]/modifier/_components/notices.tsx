import { PersonFacts } from '@/app/_parts/people/person-facts'
import { Notice } from '@/app/_ui/notice'
import { nameWords } from '@/app/_words/agent'
import { fileDifferences } from '@/app/_words/usager'
import type { TypedFile } from '@/server/people/rules/usager-change'
import type { FoundUsager } from '@/server/people/rules/usager-views'
import type { typedFile } from './typed-file'

type Typed = ReturnType<typeof typedFile> | TypedFile

/** Somebody was faster: what stands in the file now, wherever the form says something else. */
export function ChangedNotice({ now, typed, isProche }: { now: TypedFile; typed: Typed; isProche: boolean }) {
  const differences = fileDifferences(now, typed, isProche)
  return (
    <Notice tone="warn" isLive title="Quelqu’un a changé cette fiche pendant votre saisie">
      {differences.length === 0 ? (
        <p>Elle dit déjà ce que vous avez tapé.</p>
      ) : (
        <>
          <p>Rien n’est encore enregistré. Voici ce qu’elle dit maintenant, là où votre saisie en diffère :</p>
          <ul className="list-disc space-y-1 pl-5">
            {differences.map(({ name, words }) => (
              <li key={name}>
                {name}
                {'\u00a0: '}
                <span className="font-semibold break-words">{words}</span>
              </li>
            ))}
          </ul>
          <p>Reprenez ce qui doit l’être, puis enregistrez.</p>
        </>
      )}
    </Notice>
  )
}

/** Who may already be that person. Masked ones lead nowhere. */
export function DoublesNotice({ doubles }: { doubles: readonly FoundUsager[] }) {
  return (
    <Notice tone="warn" isLive title="Cette personne a peut-être déjà une autre fiche">
      <ul className="space-y-2">
        {doubles.map((person) => (
          <li key={person.id} className="rounded-card border border-line bg-card px-4 py-2">
            <PersonFacts person={person} />
            {!person.isMasked && (
              <a href={`/agent/usagers/${person.id}`} className="link inline-flex min-h-11 items-center font-semibold">
                Ouvrir sa fiche<span className="sr-only">{`\u00a0: ${nameWords(person)}`}</span>
              </a>
            )}
          </li>
        ))}
      </ul>
      <p>S’il s’agit de quelqu’un d’autre, confirmez en bas du formulaire.</p>
    </Notice>
  )
}
