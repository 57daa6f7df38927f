import { Notice, type Tone } from './notice'

export type Answers = Readonly<Record<string, { tone: Tone; text: string }>>

/** What the last form answered, from the address's `avis`; nothing for what is none of these answers. */
export function AnswerNotice({ answers, avis }: { answers: Answers; avis: string | undefined }) {
  const answer = Object.entries(answers).find(([key]) => key === avis)?.[1]
  if (!answer) return null
  return (
    <Notice tone={answer.tone} isLive>
      <p>{answer.text}</p>
    </Notice>
  )
}
