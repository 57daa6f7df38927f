export function kindOf(url: string): Promise<'demo' | 'empty' | 'foreign'>
