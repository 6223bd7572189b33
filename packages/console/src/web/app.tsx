import { ChatPage } from './chat/chat-page.tsx';
import icon from './icon.svg';
import { AccountsPage } from './pages/accounts-page.tsx';
import { ActivityPage } from './pages/activity-page.tsx';
import { EnterPage } from './pages/enter-page.tsx';
import { SystemPage } from './pages/system-page.tsx';
import { ThreadPage } from './pages/thread-page.tsx';
import { ThreadsPage } from './pages/threads-page.tsx';
import { Icon } from './parts/icon.tsx';
import { isConnected } from './state/feed.ts';
import { hrefOf, route, sections } from './state/route.ts';
import { checkSession, session } from './state/session.ts';
import { texts } from './texts/texts.ts';

/** The page as a whole. */
export function App() {
  switch (session.value.state) {
    case 'unknown':
      return <main class="enter" aria-busy="true" aria-label="Threadbridge" />;
    case 'away':
      return <Away />;
    case 'out':
      return <EnterPage />;
    case 'in':
      return <Shell />;
  }
}

function Away() {
  const { value: words } = texts;
  return (
    <main class="enter">
      <div class="card">
        <h1>Threadbridge</h1>
        <p role="alert">{words.offline}</p>
        <button type="button" class="primary" onClick={() => void checkSession()}>
          {words.retry}
        </button>
      </div>
    </main>
  );
}

function Shell() {
  const { value: words } = texts;
  const { section } = route.value;
  return (
    <div class="shell">
      <button type="button" class="skip" onClick={() => document.getElementById('content')?.focus()}>
        {words.skip}
      </button>
      <nav class="main-nav" aria-label={words.mainNavigation}>
        <span class="brand">
          <img src={icon} alt="" width="28" height="28" />
          <span>Threadbridge</span>
        </span>
        <ul>
          {sections.map((one) => (
            <li key={one}>
              <a href={hrefOf(one)} aria-current={one === section ? 'page' : undefined}>
                <Icon name={one} />
                <span>{words.nav[one]}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main id="content" tabIndex={-1}>
        <p class="offline" role="alert" hidden={isConnected.value}>
          {words.offline}
        </p>
        <Page />
      </main>
    </div>
  );
}

function Page() {
  const { section, id } = route.value;
  switch (section) {
    case 'chat':
      return <ChatPage chat={id !== undefined && /^[a-z0-9-]{1,40}$/.test(id) ? id : 'main'} />;
    case 'activity':
      return <ActivityPage />;
    case 'threads':
      return id === undefined ? <ThreadsPage /> : <ThreadPage thread={id} />;
    case 'accounts':
      return <AccountsPage />;
    case 'system':
      return <SystemPage />;
  }
}
