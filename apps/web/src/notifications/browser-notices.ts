export type NoticePermission = 'default' | 'granted' | 'denied' | 'unsupported';

export interface Notice {
  /** One notice of a tag stands at a time: a new one takes the place of the last. */
  readonly tag: string;
  readonly title: string;
  readonly text: string;
}

/** Notifications of the system, from a page that is open (Notifications API, WHATWG). */
export interface BrowserNotices {
  permission(): NoticePermission;
  /** Only from a tap: engines refuse, and remember, what is asked out of the blue. */
  ask(): Promise<NoticePermission>;
  /** @returns whether the browser took it; some let no page show any */
  show(notice: Notice, onOpen: () => void): boolean;
}

export const browserNotices: BrowserNotices = {
  permission: () => ('Notification' in globalThis ? Notification.permission : 'unsupported'),
  ask: async () => ('Notification' in globalThis ? Notification.requestPermission() : 'unsupported'),
  show({ tag, title, text }, onOpen) {
    if (!('Notification' in globalThis) || Notification.permission !== 'granted') return false;
    try {
      const shown = new Notification(title, { tag, body: text, icon: '/mark.svg' });
      shown.onclick = () => {
        window.focus();
        shown.close();
        onOpen();
      };
      return true;
    } catch (error) {
      // Chrome on Android: only service workers may.
      if (error instanceof TypeError) return false;
      throw error;
    }
  },
};
