"""The address of archives: subscribed to lists, it takes no commands."""

from talanoa.archives.listening import hear
from talanoa.archives.queries import KEY
from talanoa.mail.registry import SUBSCRIBED

SUBSCRIBED[KEY] = hear
