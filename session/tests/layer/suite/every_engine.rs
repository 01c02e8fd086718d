//! The cases of promises that hold on every engine.

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
                a_typed_pop_gives_the_value_once,
                a_value_of_another_type_stays_where_it_is,
                a_typed_pop_of_the_identity_key_is_a_logout,
            ]
            flashes: [
                a_message_is_shown_once,
                messages_come_in_their_order,
                a_view_that_takes_and_adds_leaves_what_it_has_added_since,
                a_response_that_fails_neither_takes_nor_leaves_a_message,
                a_head_request_takes_no_message,
                an_error_of_the_visitor_has_shown_its_messages,
                where_no_message_waits_nothing_is_stored,
                messages_count_towards_the_size,
                something_else_under_their_key_is_left_alone,
                another_user_does_not_see_them,
                a_message_outlives_the_logout_that_it_tells_of,
            ]
            logged_in: [
                a_view_for_users_gets_the_user,
                a_stranger_goes_to_the_next_view_or_to_the_catcher,
                a_user_of_another_type_is_a_mistake_of_the_program,
                an_app_in_which_nothing_says_who_is_logged_in_does_not_start,
            ]
            all_sessions: [
                all_sessions_are_counted_and_come_page_by_page,
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
                a_test_with_the_blocking_client_can_begin_one,
            ]
            log: [
                the_visitors_own_mistakes_leave_no_warning,
                behind_a_proxy_that_speaks_tls_a_cookie_without_secure_is_warned_of_once,
                a_secure_cookie_behind_such_a_proxy_is_what_it_should_be,
                who_logs_in_and_out_is_in_the_log,
                a_login_that_is_not_stored_is_not_told,
                the_whole_trace_is_there_for_those_who_want_it,
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
                a_cookie_of_this_host_alone_is_sent_over_plain_http_too,
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
