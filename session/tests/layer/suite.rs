//! The cases that each engine has to pass. A further engine joins with one line at the end.

/// Each case as a test on this fixture. A case that is in no list is a warning of the compiler.
macro_rules! cases {
    (($fixture:ident, $attribute:meta), $($file:ident: [$($case:ident,)*])*) => {
        $(mod $file {
            $(#[$attribute]
            #[rocket::async_test]
            async fn $case() {
                use crate::common::fixtures::{$fixture, Fixture};
                let place: $fixture = Fixture::new();
                crate::layer::$file::$case(&place).await;
            })*
        })*
    };
}

/// Promises on every engine.
macro_rules! on_every_engine {
    ($place:tt) => {
        cases! { $place,
            start: [
                the_engine_can_be_configured,
                the_layer_names_its_store,
                a_store_of_the_apps_own_is_named_whatever_engine_is_configured,
                the_table_in_the_docs_says_what_the_engine_claims,
            ]
            views: [
                reading_creates_nothing,
                the_first_set_stores_a_row_and_sends_its_cookie,
                what_was_set_is_there_at_the_next_request,
                every_kind_of_value_comes_back,
                keys_may_be_any_text,
                null_is_a_value_too,
                a_view_sees_what_it_has_done,
                a_value_of_another_type_is_an_error,
                a_value_that_is_no_json_is_an_error,
                the_last_operation_on_a_key_counts,
                a_thousand_operations_are_one_change_of_the_row,
                an_expiry_alone_stores_nothing,
                a_view_can_show_the_row_of_its_session,
                two_guards_of_one_request_load_once,
                a_view_can_read_all_that_is_there_as_it_sees_it,
            ]
            head_requests: [
                a_head_request_changes_nothing_though_its_view_does,
            ]
            popping: [
                popping_gives_the_value_once,
                popping_a_missing_key_writes_nothing,
                a_key_that_was_set_and_popped_stores_nothing,
                popping_the_last_key_keeps_row_and_cookie,
            ]
            values: [
                floats_come_back_with_the_same_bits,
                what_is_too_deep_to_be_read_is_refused,
                a_float_that_is_no_number_is_refused,
                a_number_of_more_than_64_bits_is_refused,
                a_key_that_is_twice_in_one_map_is_refused,
            ]
            private_keys: [
                a_map_may_have_any_key,
                a_session_key_may_be_any_of_these_too,
                a_map_is_no_identity_whatever_its_key,
            ]
            clear_flush_rotate: [
                clear_empties_the_data_and_keeps_row_and_cookie,
                what_is_set_after_clear_stays,
                clear_by_a_stranger_stores_nothing,
                what_is_set_and_flushed_stores_nothing,
                rotating_a_stranger_stores_nothing,
            ]
            update: [
                it_returns_what_the_change_returns,
                it_commits_at_once_and_costs_one_change,
                what_was_set_on_its_key_is_folded_in,
                other_keys_wait_for_the_response,
                a_session_that_it_created_gets_its_cookie_whatever_the_status,
                two_of_them_in_one_request_make_one_session,
                after_a_login_everything_is_committed_in_its_order,
                a_value_of_another_type_is_an_error_and_stays,
                a_failed_one_leaves_what_was_pending_pending,
                on_the_identity_key_it_is_an_error,
            ]
            session_ids: [
                a_forged_id_cannot_end_a_session,
                the_hash_in_the_store_is_no_secret,
                an_expired_id_is_refused,
                a_refused_visitor_who_sets_something_gets_a_session_of_their_own,
            ]
            several_cookies: [
                only_the_exact_name_counts,
                it_is_found_among_other_cookies,
                of_two_that_open_neither_counts_and_nothing_is_removed,
                of_several_the_one_that_opens_counts,
            ]
            expiry: [
                a_session_ends_after_two_weeks_without_use,
                every_use_extends_it,
                it_ends_after_thirty_days_however_often_it_is_used,
                a_request_under_way_does_not_outlive_its_session,
                both_limits_can_be_configured,
                reading_within_five_minutes_costs_no_write,
                the_browser_is_told_once_in_a_twentieth_of_the_idle_limit,
                a_working_day_of_page_views_sends_few_cookies,
                a_limit_that_was_lowered_counts_for_sessions_that_are_there,
                a_login_begins_the_absolute_limit_anew,
                a_short_limit_is_recorded_more_finely,
                an_error_of_the_server_extends_nothing,
                cookie_and_record_end_at_the_same_moment,
            ]
            unreturned: [
                a_first_return_that_writes_needs_no_second_write,
            ]
            set_expiry: [
                a_cookie_may_end_with_the_browser,
                all_cookies_may_end_with_the_browser,
                a_lifetime_counts_at_once_however_soon_it_is_set,
                a_lifetime_that_is_over_at_once_is_an_error,
                a_lifetime_of_its_own_is_kept_by_later_writes,
                a_session_may_end_at_a_moment_used_or_not,
                no_lifetime_goes_beyond_the_absolute_limit,
                the_default_lifetime_can_be_had_back,
                a_flushed_session_takes_its_lifetime_along,
                a_new_session_may_begin_with_a_lifetime_of_its_own,
            ]
            remembered: [
                a_session_may_be_remembered_beyond_the_configured_limits,
                a_remembered_session_ends_by_its_own_idle_limit,
                a_remembered_session_is_remembered_by_later_writes,
                its_own_limits_may_be_shorter_than_the_configured_ones,
            ]
            identity: [
                a_planted_session_id_opens_nothing_after_the_login,
                the_same_user_logging_in_again_rotates_too,
                what_a_stranger_put_there_is_kept_at_the_login,
                what_another_user_left_is_dropped_at_the_login,
                the_lifetime_that_another_user_chose_is_dropped_too,
                what_was_added_after_the_logout_is_still_the_first_users,
                the_view_of_a_login_no_longer_sees_what_it_dropped,
                of_two_logins_in_one_request_the_last_counts,
                a_login_and_a_logout_in_one_request_leave_nobody_logged_in,
                clear_forgets_whose_data_it_was,
                a_user_is_named_by_a_text_or_a_whole_number,
                a_number_and_its_text_name_the_same_user,
                a_user_of_another_type_is_an_error_and_changes_nothing,
                another_key_can_say_who_it_is,
                without_an_identity_key_no_key_is_special,
            ]
            inspect: [
                headers_without_one_session_of_ours_name_none,
                it_shows_the_session_and_asks_the_store_only_for_its_record,
                looking_is_no_use_of_the_session,
                an_expired_session_is_shown_as_it_is,
            ]
            local_client: [
                a_session_set_in_one_request_is_there_in_the_next,
                after_a_logout_it_is_gone_and_the_next_login_counts,
                a_cookie_that_the_test_adds_opens_it,
                a_request_with_a_cookie_header_never_falls_back_to_the_jar,
            ]
            begun: [
                a_begun_session_is_that_users_and_holds_all_that_was_filled_in,
                a_begun_session_has_a_cookie_of_the_configured_name,
                begun_sessions_are_each_one_of_their_own,
                a_session_that_cannot_be_begun_is_an_error_and_stores_nothing,
            ]
            log: [
                the_visitors_own_mistakes_leave_no_warning,
                behind_a_proxy_that_speaks_tls_a_cookie_without_secure_is_warned_of_once,
                a_secure_cookie_behind_such_a_proxy_is_what_it_should_be,
            ]
            error_pages: [
                an_error_of_the_server_commits_nothing_that_is_pending,
                an_error_of_the_visitor_commits_everything,
                a_view_that_its_session_has_refused_leaves_nothing_half_done,
                behind_the_layers_fairing_nothing_can_be_set,
            ]
            clock: [
                a_clock_that_goes_back_ends_no_session,
                a_session_from_the_future_ends_like_any_other,
                an_unused_session_from_the_future_ends_after_two_weeks,
                reading_a_session_from_the_future_costs_one_write,
            ]
            size: [
                what_would_be_too_large_is_refused_and_the_rest_stays,
                a_strangers_session_is_small_until_somebody_logs_in,
                the_limit_is_met_to_the_byte,
                a_session_above_a_lowered_limit_can_still_shrink,
                keys_count_with_their_escapes,
                a_users_name_counts_each_time_it_is_stored,
            ]
            headers: [
                a_page_that_does_not_ask_says_and_costs_nothing,
                every_page_that_asks_is_for_one_visitor_only,
                so_are_redirects_and_errors,
                so_is_a_page_whose_guard_asked,
                what_the_view_says_of_caching_counts,
                but_not_where_a_session_cookie_is_sent,
                the_cookie_has_every_attribute_that_protects_it,
                behind_a_proxy_that_speaks_tls_it_is_secure,
                the_cookie_and_its_removal_have_the_configured_attributes,
                a_request_that_only_reads_gets_no_cookie,
                no_request_costs_more_than_it_must,
            ]
            histories: [
                every_history_has_an_order_that_explains_it,
            ]
        }
    };
}

/// Promises that need a record at the server: it can be looked at, compared and taken back.
macro_rules! with_a_store {
    ($place:tt) => {
        cases! { $place,
            session_ids: [
                a_right_locker_with_a_wrong_secret_opens_nothing,
                values_of_another_shape_are_left_alone,
                bits_beyond_the_end_do_not_make_a_second_spelling,
                every_session_has_an_id_of_its_own,
                an_unknown_id_is_refused_and_never_adopted,
            ]
            expiry: [
                reading_after_five_minutes_is_recorded_and_sends_no_cookie,
                a_write_sends_the_cookie_only_in_a_new_twentieth,
            ]
            purge: [
                what_is_over_is_purged,
                what_is_over_is_purged_at_the_start,
                one_purge_takes_however_many_there_are,
            ]
            unreturned: [
                until_its_id_has_come_back_a_session_lives_a_day_and_a_strangers_an_hour,
                of_unreturned_strangers_the_oldest_makes_room,
                who_logs_in_after_an_update_of_the_same_request_is_no_stranger,
                the_first_return_is_recorded_and_tells_the_browser_nothing,
            ]
            inspect: [
                an_unknown_session_has_a_locker_and_no_record,
                the_id_before_a_rotation_shows_that_it_opens_nothing,
                a_store_that_does_not_answer_is_no_missing_record,
            ]
            outside: [
                a_job_changes_a_live_session_in_one_step,
                a_job_that_only_looks_writes_nothing,
                a_job_can_log_out_and_end_a_session,
                there_is_nothing_to_change_in_a_session_that_is_gone,
                a_session_that_ends_before_the_job_is_done_is_not_revived,
                a_job_that_meets_a_faster_request_is_applied_to_what_that_left,
                an_error_of_the_job_changes_nothing,
                a_job_that_needs_a_new_session_id_is_refused,
                a_job_counts_as_no_use_and_leaves_the_cookie_alone,
                a_job_before_the_first_return_is_not_taken_for_it,
                a_lifetime_that_a_job_sets_counts_from_the_last_use,
                a_longer_lifetime_that_a_job_sets_waits_for_the_first_return,
            ]
            begun: [
                a_store_that_fails_begins_no_session,
            ]
            log: [
                a_store_that_fails_leaves_one_warning_with_its_reason,
                a_use_that_was_not_recorded_leaves_one_warning,
                a_session_that_others_always_change_leaves_one_warning,
                requests_that_come_too_late_leave_no_warning,
            ]
            slow_store: [
                a_slow_commit_is_answered_after_it_and_keeps_nobody_else_waiting,
                whoever_gives_up_while_it_is_slow_keeps_nobody_waiting,
                a_session_that_ends_while_it_is_slow_is_not_revived,
                a_session_that_is_purged_while_it_is_slow_is_not_revived,
                a_use_that_is_recorded_slowly_revives_nothing,
                a_page_that_only_reads_does_not_wait_for_its_use_to_be_recorded,
            ]
            failures: [
                a_page_without_the_session_does_not_need_the_store,
                no_cookie_is_sent_for_a_session_that_was_not_created,
                a_change_that_was_not_stored_is_not_told_as_if_it_were,
                a_session_that_could_not_be_ended_is_still_there,
                a_page_is_not_withheld_because_its_use_was_not_recorded,
                without_a_page_of_its_own_the_app_answers_in_plain_text,
                a_session_that_cannot_be_loaded_is_not_an_empty_one,
                a_guard_that_cannot_load_the_session_lets_nobody_pass,
                an_end_whose_fate_is_unknown_is_not_told_as_if_it_were_made,
                a_purge_that_failed_is_tried_again,
                a_new_id_whose_fate_is_unknown_is_not_sent,
                sessions_that_could_not_be_ended_are_told_and_still_there,
            ]
            damaged_records: [
                a_record_that_cannot_be_read_opens_nothing_and_stays_as_it_is,
                a_record_with_the_last_version_there_is_stays_as_it_is,
                a_record_that_cannot_be_changed_keeps_nobody_from_logging_in,
                a_record_that_is_damaged_while_a_login_is_under_way_does_not_stop_it,
            ]
            update: [
                the_view_sees_what_it_left_and_what_others_did,
                after_flush_it_begins_a_new_session,
                a_session_that_ended_meanwhile_is_not_revived,
            ]
            concurrency: [
                two_requests_that_set_different_keys_both_survive,
                of_two_that_set_the_same_key_the_later_counts,
                a_hundred_keys_set_at_once_are_all_there,
                a_hundred_updates_at_once_all_count,
                updates_on_two_servers_all_count,
                after_twenty_tries_it_is_busy,
                a_flush_that_meets_a_write_ends_the_session_all_the_same,
                of_two_logouts_at_once_the_second_finds_nothing_to_do,
                a_late_write_to_an_ended_session_is_dropped,
                a_late_removal_in_an_ended_session_has_nothing_left_to_do,
            ]
            queue: [
                each_is_answered_in_its_turn_and_all_count,
                a_failure_of_the_store_is_told_to_all,
                after_a_conflict_each_is_applied_anew,
                an_error_is_told_when_what_it_rests_on_is_stored,
                who_gives_up_takes_no_change_of_others_along,
                a_view_that_panics_in_its_turn_takes_nobody_along,
                what_queued_up_before_an_end_is_stored_and_then_ended,
                a_login_changes_the_lock_for_those_behind,
                two_sessions_in_one_queue_stay_apart,
            ]
            size: [
                two_requests_that_are_too_large_only_together_do_not_both_pass,
            ]
            values: [
                a_value_that_cannot_be_read_is_popped_all_the_same,
            ]
            clear_flush_rotate: [
                flush_deletes_row_and_cookie,
                flush_then_set_replaces_the_session_in_one_step,
                rotate_changes_the_secret_and_nothing_else,
                rotate_holds_whatever_else_the_view_does,
            ]
            clock: [
                the_id_before_a_rotation_in_the_future_is_unknown,
            ]
            set_expiry: [
                the_view_sees_the_lifetime_that_it_has_set,
                the_view_of_a_login_sees_the_lifetime_that_begins,
            ]
            identity: [
                a_login_gives_the_session_a_new_id_and_keeps_its_row,
                a_logout_by_pop_keeps_row_and_id_and_the_next_login_rotates,
            ]
            rotation: [
                the_old_id_is_anonymous_and_gets_no_cookie_of_any_kind,
                whatever_it_writes_ends_in_a_conflict_and_stores_nothing,
                a_minute_later_the_old_id_is_unknown,
                the_id_before_the_old_one_is_unknown,
                an_old_id_of_an_ended_session_is_unknown,
            ]
            rotation_under_way: [
                with_the_same_identity_a_write_under_way_is_applied_without_a_cookie,
                a_new_login_of_the_same_user_does_not_disturb_it,
                with_another_identity_it_is_dropped_and_told_to_reload,
                a_strangers_write_does_not_go_into_the_session_of_who_logs_in,
                a_request_under_way_never_sees_later_data,
                an_update_under_way_is_told_to_reload,
                of_two_rotations_at_once_one_is_made,
                a_flush_under_way_ends_the_session_without_a_cookie,
                a_new_session_under_way_is_not_begun_without_its_cookie,
                a_read_under_way_that_would_extend_sends_no_cookie,
                a_cookie_that_was_due_before_is_not_sent_after,
                a_write_under_way_at_a_logout_stays_with_its_owner,
            ]
            login_races: [
                a_double_click_on_log_in_logs_in_twice,
                a_login_whose_answer_was_lost_can_be_made_again,
                so_it_can_where_the_login_commits_at_once,
                whoever_knows_an_old_id_gets_nothing_by_logging_in_as_somebody_else,
                a_login_under_way_leaves_a_lock_that_it_did_not_change,
                a_login_under_way_outlives_the_end_of_its_session,
                a_login_that_is_undone_is_none,
                a_login_that_is_undone_adds_nothing_to_an_ended_session,
                the_session_that_a_login_left_behind_lives_a_day,
                a_slow_stranger_writes_nothing_for_who_logs_in_meanwhile,
                a_session_that_a_login_leaves_is_not_over_because_it_was_at_rest,
                a_login_whose_own_session_was_not_stored_is_told_so,
                a_login_after_flush_takes_nothing_along,
            ]
            logout_races: [
                in_a_thousand_meetings_with_a_logout_no_save_revives_a_session,
                a_view_that_goes_on_after_a_logout_elsewhere_begins_no_session,
            ]
        }
    };
}

/// Several servers on one place know the same sessions, or do not.
macro_rules! shared {
    (yes, $place:tt) => {
        cases! { $place,
            several_servers: [
                a_session_that_one_server_began_is_known_to_the_other,
            ]
        }
    };
    (no, $place:tt) => {
        cases! { $place,
            several_servers: [
                a_session_that_one_server_began_is_unknown_to_the_other,
            ]
        }
    };
}

/// Sessions are there after a restart, or not.
macro_rules! durable {
    (yes, $place:tt) => {
        cases! { $place,
            several_servers: [
                a_session_is_there_after_a_restart,
            ]
        }
    };
    (no, $place:tt) => {
        cases! { $place,
            several_servers: [
                after_a_restart_nobody_is_known,
            ]
        }
    };
}

/// A place in the file system can be unusable. A Redis may come later, and memory needs no place.
macro_rules! a_place {
    (yes, $place:tt) => {
        cases! { $place,
            start: [
                a_place_that_cannot_be_used_stops_the_start,
            ]
        }
    };
    (no, $place:tt) => {};
}

/// All cases of one engine, in a module of their own.
macro_rules! engine {
    ($name:ident, $place:tt, store: $store:ident, shared: $shared:ident, durable: $durable:ident,
     files: $files:ident) => {
        mod $name {
            mod every_engine {
                on_every_engine! { $place }
            }
            mod store {
                store! { $store, $place }
            }
            mod shared {
                shared! { $shared, $place }
            }
            mod durable {
                durable! { $durable, $place }
            }
            mod files {
                a_place! { $files, $place }
            }
        }
    };
}

macro_rules! store {
    (yes, $place:tt) => {
        with_a_store! { $place }
    };
    (no, $place:tt) => {};
}

engine!(in_the_cache, (CacheFixture, cfg(all())),
    store: yes, shared: no, durable: no, files: no);
#[cfg(feature = "database")]
engine!(in_the_database, (DatabaseFixture, cfg(all())),
    store: yes, shared: yes, durable: yes, files: yes);
#[cfg(all(unix, feature = "file"))]
engine!(in_files, (FileFixture, cfg(all())),
    store: yes, shared: yes, durable: yes, files: yes);
#[cfg(feature = "redis")]
engine!(in_redis, (RedisFixture, cfg_attr(not(redis_server), ignore = "there is no redis-server")),
    store: yes, shared: yes, durable: yes, files: no);
#[cfg(feature = "cookie")]
engine!(in_encrypted_cookies, (EncryptedFixture, cfg(all())),
    store: no, shared: yes, durable: yes, files: yes);
#[cfg(feature = "cookie")]
engine!(in_signed_cookies, (SignedFixture, cfg(all())),
    store: no, shared: yes, durable: yes, files: yes);
