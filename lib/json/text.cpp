#include "json/text.hpp"

#include <nlohmann/json.hpp>

#include "base/overload.hpp"

namespace json {
namespace {

std::string quoted(const std::string& text) {
    using Json = nlohmann::json;
    return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string to_text(const Value& value, const std::function<std::string(const Value&)>& text_of) {
    return std::visit(
        base::Overload{
            [](const Broken&) { return std::string("null"); },
            [](const Null&) { return std::string("null"); },
            [](const bool& boolean) { return std::string(boolean ? "true" : "false"); },
            [](const Number& number) { return std::string(number.text); },
            [&](const std::string&) { return quoted(text_of(value)); },
            [&](const Array& entries) {
                std::string text = "[";
                for (const Value& entry : entries) {
                    text += text.size() > 1 ? "," : "";
                    text += to_text(entry, text_of);
                }
                return text + "]";
            },
            [&](const Object& members) {
                std::string text = "{";
                for (const Member& member : members) {
                    text += text.size() > 1 ? "," : "";
                    text += quoted(member.key) + ":" + to_text(member.value, text_of);
                }
                return text + "}";
            },
        },
        value.data);
}

}  // namespace json
