import type { PreviewHeader } from '../../electron/contract/api.ts';
import { type PreviewMessage, readPreviewMessage } from './previewMessage.ts';
import { reconnectMs } from './reconnect.ts';

interface Options {
  /** Address of `/preview/<lane>`. */
  url: string;
  /** Whether a frame may have the picture; one that may not is not even decoded. */
  admits(header: PreviewHeader): boolean;
  onPicture(header: PreviewHeader, bitmap: ImageBitmap): void;
}

/**
 * Watches a lane's live pictures until it is closed, and connects again by itself. Decoding runs off the main thread, one
 * picture at a time; of what comes meanwhile only the newest is kept: a live picture is never late.
 */
export const watchPreview = ({ url, admits, onPicture }: Options): (() => void) => {
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let isClosed = false;
  let isDecoding = false;
  let newest: PreviewMessage | null = null;

  const decode = async (): Promise<void> => {
    if (isDecoding) return;
    isDecoding = true;
    for (let message = newest; message !== null && !isClosed; message = newest) {
      newest = null;
      if (!admits(message.header)) continue;
      const bitmap = await createImageBitmap(new Blob([message.jpeg], { type: 'image/jpeg' })).catch(() => null);
      if (bitmap !== null && !isClosed) onPicture(message.header, bitmap);
    }
    isDecoding = false;
  };

  const connect = (): void => {
    socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
      attempt = 0;
      newest = readPreviewMessage(data) ?? newest;
      void decode();
    };
    socket.onclose = () => {
      if (isClosed) return;
      timer = setTimeout(connect, reconnectMs(attempt));
      attempt += 1;
    };
  };
  connect();

  return () => {
    isClosed = true;
    clearTimeout(timer);
    socket?.close();
  };
};
