import NextAuth from 'next-auth'
import type { NextRequest } from 'next/server'
import { isFromOurPages, nextAuthOptions } from '@/server/api'

type Params = { params: Promise<{ nextauth: string[] }> }
type Answer = (request: NextRequest, params: Params) => Promise<Response>

const answer: Answer = async (request, params) => {
  if (request.method === 'POST' && !isFromOurPages(request)) return new Response(null, { status: 403 })
  const handler = NextAuth(nextAuthOptions()) as Answer
  return handler(request, params)
}

export { answer as GET, answer as POST }
