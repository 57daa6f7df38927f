import { Icon } from '@/app/_ui/icon'
import { Tag } from '@/app/_ui/tag'
import { OVERBOOKED } from '@/app/_words/agent'

/** An RDV knowingly placed over another: a sign and words, on its card and its page. */
export const OverbookedTag = () => (
  <Tag tone="warn" wraps>
    <Icon name="overlap" className="size-4 shrink-0" />
    {OVERBOOKED}
  </Tag>
)
