import { createTRPCClient, createWSClient, httpBatchLink, wsLink } from '@trpc/client';
import { onTestFinished } from 'vitest';
import type { ApiRouter } from '../../electron/contract/api.ts';

/** A client of the operator API over batched HTTP. */
export const httpClient = (url: string) => createTRPCClient<ApiRouter>({ links: [httpBatchLink({ url: `${url}/api` })] });

/** A client of the operator API over a WebSocket that is closed after the test. */
export const wsClient = (url: string) => {
  const client = createWSClient({ url: `${url.replace('http', 'ws')}/api` });
  onTestFinished(() => client.close());
  return createTRPCClient<ApiRouter>({ links: [wsLink({ client })] });
};
