export async function recordSpecial(): Promise<void> {}
