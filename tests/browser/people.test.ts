/** What people come by and are told, on one platform: to start one, and a browser, takes the processor as long as many a test. */
import './people/auth.ts';
import './people/notifications.ts';
import './people/profile.ts';
import './people/users.ts';
