import { effect } from '@preact/signals';
import { render } from 'preact';
import { App } from './app.tsx';
import { closeFeed, openFeed } from './state/feed.ts';
import { applyPreferences } from './state/preferences.ts';
import { watchRoute } from './state/route.ts';
import { checkSession, enter, session, takeToken } from './state/session.ts';
import './style/index.css';

applyPreferences();
watchRoute();

let wasIn = false;
effect(() => {
  const isIn = session.value.state === 'in';
  if (isIn && !wasIn) openFeed();
  if (!isIn && wasIn && session.value.state === 'out') closeFeed();
  wasIn = isIn || (wasIn && session.value.state !== 'out');
});

const token = takeToken();
if (token === undefined) void checkSession();
else
  void enter(token)
    .then((isIn) => (isIn ? undefined : checkSession()))
    .catch(() => checkSession());

const root = document.getElementById('app');
if (root !== null) render(<App />, root);
