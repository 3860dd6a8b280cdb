//! Pages of a room's messages, as they stand now.
//!
//! One statement reads the messages and the head they are as of. Were the head read by another
//! one, what is posted between the two would be in neither the page nor what follows it. Whether
//! somebody may read is decided by the caller.

use sea_orm::{
    ConnectionTrait as _, EntityTrait as _, ExprTrait as _, JoinType, Order, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _,
    sea_query::{Alias, Asterisk, Expr, Query, SelectStatement},
};
use uuid::Uuid;

use super::{
    database::Database,
    entity::{message, room_head},
    messages::{self, Cells},
};
use crate::{
    domain::{
        id::{MessageId, RoomId, Seq},
        message::Message,
    },
    error::Result,
};

/// The rows of a page within their statement.
const PAGE: &str = "page";

/// Which messages of a room to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// The newest.
    Latest,
    Before(Seq),
    After(Seq),
    /// Half before, the rest at and after it.
    Around(Seq),
}

/// Messages, oldest first, as of `as_of_seq`: subscribing after it continues without a seam.
#[derive(Clone, Debug)]
pub struct Page {
    pub as_of_seq: Seq,
    pub messages: Vec<Message>,
    pub has_more_before: bool,
    pub has_more_after: bool,
}

/// At most `limit` messages (1–100) of a room; none, as of 0, when there is no such room.
pub async fn read(db: &Database, room_id: RoomId, position: Position, limit: u64) -> Result<Page> {
    let room = Reading { db, room_id };
    match position {
        Position::Latest => room.backwards(Seq::MAX, limit).await,
        Position::Before(seq) => room.backwards(seq, limit).await,
        Position::After(seq) => room.forwards(seq.saturating_add(1), Seq::MAX, limit).await,
        Position::Around(seq) => {
            let before = room.backwards(seq, limit / 2).await?;
            // What came meanwhile belongs to a subscription after the first half's head.
            let after = room.forwards(seq, before.as_of_seq, limit - limit / 2).await?;
            Ok(Page {
                messages: before.messages.into_iter().chain(after.messages).collect(),
                has_more_after: after.has_more_after,
                ..before
            })
        }
    }
}

struct Reading<'a> {
    db: &'a Database,
    room_id: RoomId,
}

impl Reading<'_> {
    /// Before `end`.
    async fn backwards(&self, end: Seq, limit: u64) -> Result<Page> {
        let column = message::COLUMN.seq;
        let rows = self.rows(column.lt(end), Order::Desc, column.gte(end), limit).await?;
        let mut messages = rows.messages;
        messages.reverse();
        Ok(Page {
            as_of_seq: rows.head,
            messages,
            has_more_before: rows.has_more,
            has_more_after: rows.has_others,
        })
    }

    /// From `start` up to `last`.
    async fn forwards(&self, start: Seq, last: Seq, limit: u64) -> Result<Page> {
        let column = message::COLUMN.seq;
        let chosen = column.gte(start).and(column.lte(last));
        let rows = self.rows(chosen, Order::Asc, column.lt(start), limit).await?;
        Ok(Page {
            as_of_seq: rows.head,
            messages: rows.messages,
            has_more_before: rows.has_others,
            has_more_after: rows.has_more,
        })
    }

    /// The first `limit` chosen messages, and whether there are `others`.
    async fn rows(&self, chosen: Expr, order: Order, others: Expr, limit: u64) -> Result<Rows> {
        let backend = self.db.reader.get_database_backend();
        let of_room = || message::Entity::find().filter(message::COLUMN.room_id.eq(self.room_id.0));
        let page =
            of_room().filter(chosen).order_by(message::Column::Seq, order.clone()).limit(limit + 1);
        let others = of_room().select_only().expr(Expr::val(1)).filter(others).into_query();
        let statement = Query::select()
            .column((room_head::Entity, room_head::Column::HeadSeq))
            .expr_as(Expr::exists(others), "has_others")
            .column((Alias::new(PAGE), Asterisk))
            .from(room_head::Entity)
            .join_subquery(
                JoinType::LeftJoin,
                messages::statement_of(page, backend),
                PAGE,
                Expr::val(true),
            )
            .and_where(room_head::COLUMN.room_id.eq(self.room_id.0))
            .order_by((Alias::new(PAGE), message::Column::Seq), order)
            .to_owned();
        Rows::of(self.db, statement, limit).await
    }
}

struct Rows {
    head: Seq,
    messages: Vec<Message>,
    has_more: bool,
    has_others: bool,
}

impl Rows {
    async fn of(db: &Database, statement: SelectStatement, limit: u64) -> Result<Self> {
        let found = db.reader.query_all(&statement).await?;
        let (mut head, mut has_others, mut messages) = (0, false, Vec::new());
        for row in &found {
            let mut cells = Cells::of(row);
            (head, has_others) = (cells.next()?, cells.next()?);
            // Where no message was chosen, the head stands alone.
            if let Some(id) = cells.next::<Option<Uuid>>()? {
                messages.push(cells.message_with(MessageId(id))?);
            }
        }
        let has_more = messages.len() as u64 > limit;
        messages.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(Self { head, messages, has_more, has_others })
    }
}
