'use client'

import { useRef, useState } from 'react'
import { Button } from '@/app/_ui/button'
import { TextAreaField } from '@/app/_ui/controls'
import { Field } from '@/app/_ui/field'
import { faultSentence } from '@/app/_words/administration'
import { sampleWords, variableWords, wordingFaultWords } from '@/app/_words/wordings'
import { partThatNames } from '@/server/messaging/rules/naming'
import type { WordingKey } from '@/server/messaging/rules/standard-wordings'
import type { Wording } from '@/server/messaging/rules/wording'
import { faultOf, variablesOf } from '@/server/messaging/rules/wording-faults'
import type { WordingSample } from '@/server/messaging/rules/wording-views'
import { Leaving, type LeavingFacts } from './leaving'

type Props = {
  wordingKey: WordingKey
  /** Of the form, unseen. */
  hidden: Readonly<Record<string, string>>
  saved: Wording
  samples: readonly WordingSample[]
  facts: LeavingFacts
  /** Whether they are the words of one motif: those that name a confidential one are not kept. */
  isOfMotif: boolean
  maxLength: { subject: number; body: number }
  /** What the server found wrong with what was typed, beyond the words themselves. */
  errors: Readonly<Partial<Record<keyof Wording, string>>>
}

/** Words as they are typed, beside the message they make. */
export function WordingForm({ wordingKey, hidden, saved, samples, facts, isOfMotif, maxLength, errors }: Props) {
  const [wording, setWording] = useState(saved)
  const [shown, setShown] = useState(0)
  const box = useRef<HTMLDivElement>(null)
  const sample = samples[shown] ?? samples[0]
  const [motif] = facts.confidential
  const errorOf = (part: keyof Wording): string | undefined => {
    const fault = faultOf(wordingKey, part, wording[part] ?? '')
    if (fault) return wordingFaultWords(fault, part)
    return isOfMotif && partThatNames(wordingKey, wording, motif?.names ?? []) === part
      ? faultSentence(`${part}-names-motif`)
      : wording[part] === saved[part]
        ? errors[part]
        : undefined
  }
  /** Where the cursor is; at the end of the text when it is nowhere. */
  const insert = (name: string) => {
    const area = box.current?.querySelector('textarea')
    if (!area) return
    const [from, to] = [area.selectionStart, area.selectionEnd]
    area.focus()
    area.setRangeText(`{${name}}`, from, to, 'end')
    setWording({ ...wording, body: area.value })
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6 lg:grid-cols-[minmax(0,1fr)_23rem]">
      <form method="post" action="/configuration/messages/textes/enregistrer" className="space-y-5" noValidate>
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {wording.subject !== null && (
          <Field
            name="subject"
            label="Objet"
            hint={'Ni motif ni nom\u00a0: un téléphone l’affiche à qui passe.'}
            maxLength={maxLength.subject}
            autoComplete="off"
            value={wording.subject}
            onChange={(event) => setWording({ ...wording, subject: event.target.value })}
            error={errorOf('subject')}
          />
        )}
        <div ref={box}>
          <TextAreaField
            name="body"
            label={wordingKey.channel === 'sms' ? 'Texte du SMS' : 'Texte avant le récapitulatif'}
            hint="Entre crochets, ce qui n’est écrit que si sa variable a quelque chose à dire."
            rows={wordingKey.channel === 'sms' ? 5 : 7}
            maxLength={maxLength.body}
            value={wording.body}
            onChange={(event) => setWording({ ...wording, body: event.target.value })}
            error={errorOf('body')}
          />
        </div>
        <Button isFull className="sm:w-auto">
          Enregistrer ce texte
        </Button>
      </form>
      <section aria-labelledby="apercu" className="space-y-3 lg:row-span-2">
        <h2 id="apercu" className="text-xl">
          Aperçu
        </h2>
        {samples.length > 1 && (
          <div role="group" aria-label="Exemple" className="flex flex-wrap gap-2">
            {samples.map(({ label }, index) => (
              <Button
                key={label}
                type="button"
                variant="secondary"
                aria-pressed={index === shown}
                onClick={() => setShown(index)}
                className="aria-pressed:bg-accent aria-pressed:text-white"
              >
                {sampleWords[label]}
              </Button>
            ))}
          </div>
        )}
        {sample && <Leaving {...{ wordingKey, wording, isOfMotif, sample, facts }} />}
      </section>
      <section aria-labelledby="variables" className="space-y-2">
        <h2 id="variables" className="text-xl">
          Variables
        </h2>
        <ul>
          {variablesOf(wordingKey, 'body').map((name) => (
            <li key={name} className="flex flex-wrap items-center gap-x-3">
              <button
                type="button"
                onClick={() => insert(name)}
                className="link inline-flex min-h-11 items-center font-semibold"
              >
                <span className="sr-only">Ajouter </span>
                {`{${name}}`}
              </button>
              <span className="text-ink-soft">{variableWords[name]}</span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}
