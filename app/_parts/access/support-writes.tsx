import type { ReactNode } from 'react'
import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { Tag } from '@/app/_ui/tag'

type Props = {
  isAllowed: boolean
  /** What that means, in a sentence. */
  words: string
  /** Where the other choice is posted, and what beside it; null for whoever may not make it. */
  post: { action: string; territoryId: number } | null
  children: ReactNode
}

/** Whether the support may write in the place of a territory's agents, and the button that says otherwise. */
export function SupportWrites({ isAllowed, words, post, children }: Props) {
  return (
    <Card className="space-y-4">
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="text-lg">Écrire à la place des agents</h2>
        <Tag tone={isAllowed ? 'warn' : 'ok'}>{isAllowed ? 'Autorisé' : 'Interdit'}</Tag>
      </div>
      <p>{words}</p>
      {children}
      {post && (
        <form method="post" action={post.action}>
          <input type="hidden" name="territoryId" value={post.territoryId} />
          <input type="hidden" name="permise" value={isAllowed ? 'non' : 'oui'} />
          <Button variant={isAllowed ? 'secondary' : 'danger'} isFull className="sm:w-auto">
            {isAllowed ? 'Interdire l’écriture' : 'Autoriser l’écriture'}
          </Button>
        </form>
      )}
    </Card>
  )
}
