import type { ReactNode } from 'react'
import { requireSuperAdmin } from '@/app/_lib/super'
import { SuperShell } from '../_components/super-shell'

export default async function Layout({ children }: { children: ReactNode }) {
  const { name } = await requireSuperAdmin()
  return <SuperShell name={name}>{children}</SuperShell>
}
