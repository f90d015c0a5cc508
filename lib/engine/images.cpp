#include "engine/container_state.hpp"
#include "engine/ids.hpp"
#include "engine/image_reference.hpp"
#include "engine/json_stream.hpp"
#include "engine/reply.hpp"
#include "engine/request.hpp"
#include "http/encode.hpp"

namespace engine {
namespace {

// The engine answers once the registry has: it tries for minutes, at several addresses.
constexpr std::chrono::minutes longest_wait_for_a_registry{10};

std::optional<Healthcheck> read_healthcheck(const Fields& config) {
    const auto check = config.object("Healthcheck");
    Healthcheck result;
    result.test = check.texts("Test");
    if (result.test.size() < 2) {  // {"NONE"}, or nothing
        return std::nullopt;
    }
    result.interval = std::chrono::nanoseconds(check.integer("Interval"));
    result.timeout = std::chrono::nanoseconds(check.integer("Timeout"));
    result.start_period = std::chrono::nanoseconds(check.integer("StartPeriod"));
    result.start_interval = std::chrono::nanoseconds(check.integer("StartInterval"));
    result.retries = read_int(check, "Retries");
    return result;
}

ImageDetail read_image(const Fields& image) {
    const auto config = image.object("Config");
    return {.id = image.text_where("Id", is_image_id),
            .volumes = config.object("Volumes").keys(),
            .healthcheck = read_healthcheck(config)};
}

std::string pull_target(const ImageReference& image, const std::string& platform) {
    constexpr auto path = "/images/create";
    return platform.empty()
               ? http::with_query(path, {{"fromImage", image.repository}, {"tag", image.tag}})
               : http::with_query(
                     path,
                     {{"fromImage", image.repository}, {"tag", image.tag}, {"platform", platform}});
}

// The status of the reply was sent before the error happened, so the error is a line of its own.
Result<PullProgress> read_progress(const std::string& call, const Json& line) {
    struct Line {
        PullProgress progress;
        std::string error;
    };
    auto read = read_object(call, line, [](const Fields& fields) {
        const auto progress = fields.object("progressDetail");
        auto error = fields.object("errorDetail").text("message");
        return Line{.progress = {.id = one_line(fields.text("id")),
                                 .status = one_line(fields.text("status")),
                                 .current = progress.integer("current"),
                                 .total = progress.integer("total")},
                    .error = one_line(error.empty() ? fields.text("error") : error)};
    });
    if (!read) {
        return tl::unexpected(std::move(read.error()));
    }
    if (!read->error.empty()) {
        return tl::unexpected(Error(Refused{200, std::move(read->error)}));
    }
    return std::move(read->progress);
}

}  // namespace

Call<ImageDetail> api::inspect_image(const std::string& reference) {
    auto request = get_request("/images/" + http::encode_path(reference) + "/json");
    auto decode = decode_object(http::summary(request), read_image);
    return {std::move(request), std::move(decode)};
}

StreamCall<PullProgress> api::pull_image(const std::string& reference,
                                         const std::string& platform) {
    auto request = post_request(pull_target(parse_image_reference(reference), platform));
    request.timeout = longest_wait_for_a_registry;
    auto decode = decode_stream<PullProgress>(http::summary(request), read_progress);
    return {std::move(request), std::move(decode)};
}

}  // namespace engine
