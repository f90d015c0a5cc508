#include "appliance/fields/appliance_fields.hpp"

#include "appliance/container_reader.hpp"
#include "appliance/fields/id_value.hpp"

namespace appliance {
namespace {

void read_appliance_id(const Value& value, ApplianceDraft& draft, Reading& reading) {
    if (auto id = read_valid_id(value, reading.problems)) {
        draft.id = ApplianceId(*std::move(id));
    }
}

void read_containers(const Value& value, ApplianceDraft& draft, Reading& reading) {
    const Array& entries = *value.as<Array>();
    if (entries.empty()) {
        reading.problems.error("`containers` is empty", value.span,
                               "an appliance has at least one container");
    }
    for (const Value& entry : entries) {
        draft.containers.push_back(read_container(entry, reading));
    }
}

void read_data_persistence(const Value& value, ApplianceDraft& draft, Reading& reading) {
    read_object(*value.as<Object>(), "data_persistence", persistence_fields(),
                {"`data_persistence`", "", value.span}, draft.persistence, reading);
}

void note_scheduler(const Value& value, ApplianceDraft& /*draft*/, Reading& reading) {
    reading.problems.note("`scheduler` has no meaning on one engine", value.span, "");
}

Field<ApplianceDraft> appliance_reply(std::string_view name, std::string_view meaning) {
    return {{.name = name, .meaning = meaning, .support = Support::ignored}};
}

}  // namespace

const std::vector<Field<ApplianceDraft>>& appliance_fields() {
    static const std::vector<Field<ApplianceDraft>> fields{
        {{.name = "$schema",
          .type = JsonType::string,
          .meaning = "the JSON Schema that an editor checks the document by",
          .example = "\"appliance.schema.json\"",
          .origin = Origin::json_schema}},
        {{.name = "id",
          .type = JsonType::string,
          .meaning = "the name of the appliance on its engine",
          .example = "\"shop\"",
          .presence = Presence::required,
          .also_called = "name"},
         read_appliance_id},
        {{.name = "containers",
          .type = JsonType::list,
          .meaning = "the list of its containers",
          .example = "[ { \"id\": \"web\", \"image\": \"nginx:1.27\" } ]",
          .presence = Presence::required,
          .also_called = "services"},
         read_containers},
        {{.name = "scheduler",
          .meaning = "where PIVOT is to run it; of no meaning on one engine",
          .example = "\"locality\""},
         note_scheduler},

        {{.name = "data_persistence",
          .type = JsonType::object,
          .meaning = "the volumes that outlive its containers",
          .example = "{ \"volumes\": [ { \"id\": \"data\" } ] }",
          .also_called = "volumes"},
         read_data_persistence},

        appliance_reply("appliance", "the id of the appliance"),
        appliance_reply("endpoints", "where its ports can be reached"),
        appliance_reply("state", "what it did when the reply was written"),
        appliance_reply("deployment", "where it was placed"),
        appliance_reply("last_update", "when that was"),
    };
    return fields;
}

}  // namespace appliance
