"""A search that was ended for taking too long: why, and a way to wait for it."""

from PySide6.QtCore import QObject

from refman.domain.errors import SearchTooLong
from refman.ui.list_feed import ListFeed
from refman.ui.messages import MessageAction, MessageKind
from refman.ui.voice import Voice
from refman.ui.wording import sentence


class LongSearch(QObject):
    """Tells it in the message bar, while the list shows what it showed before."""

    def __init__(self, feed: ListFeed, voice: Voice) -> None:
        super().__init__(voice)
        self._feed = feed
        self._voice = voice
        feed.too_long.connect(self._tell)

    def _tell(self, error: SearchTooLong) -> None:
        wait = MessageAction(self.tr("Wait for it"), self._feed.search_on)
        self._voice.say(sentence(error), MessageKind.WARNING, wait)
