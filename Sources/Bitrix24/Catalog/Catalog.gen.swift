// Made by tools/catalog.py from catalog/methods.tsv: do not edit, run it again.
// 1693 methods; facts from https://apidocs.bitrix24.com

/// The rows of catalog/methods.tsv, sorted by lower-case name; columns end at a tab, empty ones at the
/// end of a row are left out.
let catalogRowCount = 1693
let catalogRows: StaticString = #"""
access.name	2	basic	other	r	any					object|boolean	ACCESS:array!				common/system/access-name
ai.engine.list	2	ai_admin	list	r	admin					array	filter:array limit:integer				ai/ai-engine-list
ai.engine.register	2	ai_admin	other	w	admin					integer	name:string! code:string! category:string! completions_url:string! settings:object				ai/ai-engine-register
ai.engine.unregister	2	ai_admin	other	w	admin					boolean	code:string				ai/ai-engine-unregister
ai.prompt.register	2	ai_admin	other	w							code:string! prompt:string! category:array icon:string parent_code:string section:string sort:integer translate:object
ai.prompt.unregister	2	ai_admin	other	w							code:string!
app.info	2	basic	other	r	any	a				object					common/system/app-info
app.option.get	2	basic	get	r	any	a				object|string|null	option:string				common/settings/app-option-get
app.option.set	2	basic	other	w	admin	a				boolean	options:array!				common/settings/app-option-set
batch	2	basic	other	w	any					object	cmd:array! halt:boolean				../settings/how-to-call-rest-api/batch
batch	3	basic	other	w		l				array					rest-v3
biconnector.connector.add	2	biconnector	add	w	rights	af			id	object	fields:object!				biconnector/connector/biconnector-connector-add
biconnector.connector.delete	2	biconnector	delete	w	rights	a				boolean	id:integer!				biconnector/connector/biconnector-connector-delete
biconnector.connector.fields	2	biconnector	fields	r	any	a			fields	object					biconnector/connector/biconnector-connector-fields
biconnector.connector.get	2	biconnector	get	r	rights	a			item	object	id:integer!				biconnector/connector/biconnector-connector-get
biconnector.connector.list	2	biconnector	list	r	rights	a	page			array	select:string[] filter:object order:object page:integer				biconnector/connector/biconnector-connector-list	in=page
biconnector.connector.update	2	biconnector	update	w	rights	af				boolean	id:integer! fields:object!				biconnector/connector/biconnector-connector-update
biconnector.dataset.add	2	biconnector	add	w	rights	a			id	object	fields:object!				biconnector/dataset/biconnector-dataset-add
biconnector.dataset.delete	2	biconnector	delete	w	rights	a				boolean	id:integer!				biconnector/dataset/biconnector-dataset-delete
biconnector.dataset.fields	2	biconnector	fields	r	rights	a			fields	object					biconnector/dataset/biconnector-dataset-fields
biconnector.dataset.fields.update	2	biconnector	update	w	rights	a				boolean	id:integer! add:object update:object delete:integer[]				biconnector/dataset/biconnector-dataset-fields-update
biconnector.dataset.get	2	biconnector	get	r	rights	a			item	object	id:integer!				biconnector/dataset/biconnector-dataset-get
biconnector.dataset.list	2	biconnector	list	r	rights	a	page			array	select:string[] filter:object order:object page:integer				biconnector/dataset/biconnector-dataset-list	in=page
biconnector.dataset.update	2	biconnector	update	w	rights	a				boolean	id:integer! fields:object!				biconnector/dataset/biconnector-dataset-update
biconnector.source.add	2	biconnector	add	w	rights	a			id	object	fields:object!				biconnector/source/biconnector-source-add
biconnector.source.delete	2	biconnector	delete	w	rights	a				boolean	id:integer!				biconnector/source/biconnector-source-delete
biconnector.source.fields	2	biconnector	fields	r	any	a			fields	object					biconnector/source/biconnector-source-fields
biconnector.source.get	2	biconnector	get	r	rights	a			item	object	id:integer!				biconnector/source/biconnector-source-get
biconnector.source.list	2	biconnector	list	r	rights	a	page			array	select:string[] filter:object order:object page:integer				biconnector/source/biconnector-source-list	in=page
biconnector.source.update	2	biconnector	update	w	rights	a				boolean	id:integer! fields:object!				biconnector/source/biconnector-source-update
bizproc.activity.add	2	bizproc	add	w	admin	a				boolean	CODE:string! HANDLER:string! AUTH_USER_ID:integer USE_SUBSCRIPTION:boolean NAME:string|object! DESCRIPTION:string|object PROPERTIES:object RETURN_PROPERTIES:object DOCUMENT_TYPE:array FILTER:object USE_PLACEMENT:boolean PLACEMENT_HANDLER:string?				bizproc/bizproc-activity/bizproc-activity-add
bizproc.activity.delete	2	bizproc	delete	w	admin	a				boolean	CODE:string!				bizproc/bizproc-activity/bizproc-activity-delete
bizproc.activity.list	2	bizproc	list	r	admin	a				array					bizproc/bizproc-activity/bizproc-activity-list
bizproc.activity.log	2	bizproc	other	w	any					boolean	EVENT_TOKEN:string! LOG_MESSAGE:string!				bizproc/bizproc-activity/bizproc-activity-log
bizproc.activity.update	2	bizproc	update	w	admin	a				boolean	CODE:string! FIELDS:object!				bizproc/bizproc-activity/bizproc-activity-update
bizproc.event.send	2	bizproc	other	w	any					boolean	EVENT_TOKEN:string! RETURN_VALUES:object LOG_MESSAGE:string				bizproc/bizproc-robot/bizproc-event-send
bizproc.robot.add	2	bizproc	add	w	admin	a				boolean	CODE:string! HANDLER:string! AUTH_USER_ID:integer USE_SUBSCRIPTION:boolean NAME:string|object! DESCRIPTION:string|object PROPERTIES:object RETURN_PROPERTIES:object DOCUMENT_TYPE:array FILTER:object USE_PLACEMENT:boolean PLACEMENT_HANDLER:string?				bizproc/bizproc-robot/bizproc-robot-add
bizproc.robot.delete	2	bizproc	delete	w	admin	a				boolean	CODE:string!				bizproc/bizproc-robot/bizproc-robot-delete
bizproc.robot.list	2	bizproc	list	r	admin	a				array					bizproc/bizproc-robot/bizproc-robot-list
bizproc.robot.update	2	bizproc	update	w	admin	a				boolean	CODE:string! FIELDS:object!				bizproc/bizproc-robot/bizproc-robot-update
bizproc.task.complete	2	bizproc	other	w	any	f				boolean	TASK_ID:integer! STATUS:integer|string! COMMENT:string FIELDS:object				bizproc/bizproc-task/bizproc-task-complete
bizproc.task.delegate	2	bizproc	other	w	rights					boolean	TASK_IDS:array! FROM_USER_ID:integer! TO_USER_ID:integer!				bizproc/bizproc-task/bizproc-task-delegate
bizproc.task.list	2	bizproc	list	r	any		start			array	SELECT:array FILTER:object ORDER:object START:integer				bizproc/bizproc-task/bizproc-task-list
bizproc.workflow.instances	2	bizproc	other	r	admin		start			array	SELECT:array FILTER:object ORDER:object start:integer				bizproc/bizproc-workflow-instances
bizproc.workflow.kill	2	bizproc	other	w	admin					boolean	ID:integer!				bizproc/bizproc-workflow-kill
bizproc.workflow.start	2	bizproc	other	w	admin					string	TEMPLATE_ID:integer! DOCUMENT_ID:array! PARAMETERS:object				bizproc/bizproc-workflow-start
bizproc.workflow.template.add	2	bizproc	add	w	admin	af				integer	DOCUMENT_TYPE:array! NAME:string! DESCRIPTION:string TEMPLATE_DATA:file! AUTO_EXECUTE:integer				bizproc/template/bizproc-workflow-template-add
bizproc.workflow.template.delete	2	bizproc	delete	w	admin	a				null	ID:integer!				bizproc/template/bizproc-workflow-template-delete
bizproc.workflow.template.list	2	bizproc	list	r	admin		start			array	SELECT:array FILTER:object ORDER:object start:integer				bizproc/template/bizproc-workflow-template-list
bizproc.workflow.template.update	2	bizproc	update	w	admin	af				integer	ID:string! FIELDS:object!				bizproc/template/bizproc-workflow-template-update
bizproc.workflow.terminate	2	bizproc	other	w	admin					boolean	ID:string! STATUS:string				bizproc/bizproc-workflow-terminate
booking.v1.booking.add	2	booking	add	w	any				id	object	fields:object!				booking/booking/booking-v1-booking-add
booking.v1.booking.client.list	2	booking	list	r	any				bookingClient	object	bookingId:integer!				booking/booking/client/booking-v1-booking-client-list
booking.v1.booking.client.set	2	booking	other	w	any					boolean	bookingId:integer! clients:array!				booking/booking/client/booking-v1-booking-client-set
booking.v1.booking.client.unset	2	booking	other	w	any					boolean	bookingId:integer!				booking/booking/client/booking-v1-booking-client-unset
booking.v1.booking.createfromwaitlist	2	booking	other	w	any					integer	waitListId:integer! fields:object				booking/booking/booking-v1-booking-createfromwaitlist
booking.v1.booking.delete	2	booking	delete	w	any					boolean	id:integer!				booking/booking/booking-v1-booking-delete
booking.v1.booking.externalData.list	2	booking	list	r	any				externalData	object	bookingId:integer!				booking/booking/external-data/booking-v1-booking-externaldata-list
booking.v1.booking.externalData.set	2	booking	other	w	any					boolean	bookingId:integer! externalData:array!				booking/booking/external-data/booking-v1-booking-externaldata-set
booking.v1.booking.externalData.unset	2	booking	other	w	any					boolean	bookingId:integer!				booking/booking/external-data/booking-v1-booking-externaldata-unset
booking.v1.booking.get	2	booking	get	r	any				booking	object	id:integer!				booking/booking/booking-v1-booking-get
booking.v1.booking.list	2	booking	list	r	any				booking	object	FILTER:object ORDER:object				booking/booking/booking-v1-booking-list
booking.v1.booking.update	2	booking	update	w	any					boolean	id:integer! fields:object!				booking/booking/booking-v1-booking-update
booking.v1.clienttype.list	2	booking	list	r	any				clientType	object					booking/booking-v1-clienttype-list
booking.v1.resource.add	2	booking	add	w	any				id	object	fields:object!				booking/resource/booking-v1-resource-add
booking.v1.resource.delete	2	booking	delete	w	any					boolean	id:integer!				booking/resource/booking-v1-resource-delete
booking.v1.resource.get	2	booking	get	r	any				resource	object	id:integer!				booking/resource/booking-v1-resource-get
booking.v1.resource.list	2	booking	list	r	any				resource	object	FILTER:object ORDER:object				booking/resource/booking-v1-resource-list
booking.v1.resource.slots.list	2	booking	list	r	any				slots	object	resourceId:integer!				booking/resource/slots/booking-v1-resource-slots-list
booking.v1.resource.slots.set	2	booking	other	w	any					boolean	resourceId:integer! slots:array!				booking/resource/slots/booking-v1-resource-slots-set
booking.v1.resource.slots.unset	2	booking	other	w	any					boolean	resourceId:integer!				booking/resource/slots/booking-v1-resource-slots-unset
booking.v1.resource.update	2	booking	update	w	any					boolean	id:integer! fields:object!				booking/resource/booking-v1-resource-update
booking.v1.resourceType.add	2	booking	add	w	any				id	object	fields:object!				booking/resource/resource-type/booking-v1-resourcetype-add
booking.v1.resourceType.delete	2	booking	delete	w	any					boolean	id:integer!				booking/resource/resource-type/booking-v1-resourcetype-delete
booking.v1.resourceType.get	2	booking	get	r	any				resourceType	object	id:integer!				booking/resource/resource-type/booking-v1-resourcetype-get
booking.v1.resourceType.list	2	booking	list	r	any				resource	object	FILTER:object ORDER:object				booking/resource/resource-type/booking-v1-resourcetype-list
booking.v1.resourceType.update	2	booking	update	w	any					boolean	id:integer! fields:object!				booking/resource/resource-type/booking-v1-resourcetype-update
booking.v1.waitlist.add	2	booking	add	w	any				id	object	fields:object!				booking/waitlist/booking-v1-waitlist-add
booking.v1.waitlist.client.list	2	booking	list	r	any				waitListClient	object	waitListId:integer!				booking/waitlist/client/booking-v1-waitlist-client-list
booking.v1.waitlist.client.set	2	booking	other	w	any					boolean	waitListId:integer! clients:array!				booking/waitlist/client/booking-v1-waitlist-client-set
booking.v1.waitlist.client.unset	2	booking	other	w	any					boolean	waitListId:integer!				booking/waitlist/client/booking-v1-waitlist-client-unset
booking.v1.waitlist.createfrombooking	2	booking	other	w	any					integer	bookingId:integer!				booking/waitlist/booking-v1-waitlist-createfrombooking
booking.v1.waitlist.delete	2	booking	delete	w	any					boolean	id:integer!				booking/waitlist/booking-v1-waitlist-delete
booking.v1.waitlist.externalData.list	2	booking	list	r	any				externalData	object	waitListId:integer!				booking/waitlist/external-data/booking-v1-waitlist-externaldata-list
booking.v1.waitlist.externalData.set	2	booking	other	w	any					boolean	waitListId:integer! externalData:array!				booking/waitlist/external-data/booking-v1-waitlist-externaldata-set
booking.v1.waitlist.externalData.unset	2	booking	other	w	any					boolean	waitListId:integer!				booking/waitlist/external-data/booking-v1-waitlist-externaldata-unset
booking.v1.waitlist.get	2	booking	get	r	any				waitList	object	id:integer!				booking/waitlist/booking-v1-waitlist-get
booking.v1.waitlist.list	2	booking	list	r	any				waitList	object	filter:object				booking/waitlist/booking-v1-waitlist-list
booking.v1.waitlist.update	2	booking	update	w	any					boolean	id:integer! fields:object!				booking/waitlist/booking-v1-waitlist-update
calendar.accessibility.get	2	calendar	get	r	any					object	users:array! from:date! to:date!				calendar/calendar-event/calendar-accessibility-get
calendar.event.add	2	calendar	add	w	any					integer	type:string! ownerId:integer! from:datetime|date! to:datetime|date! from_ts:integer to_ts:integer section:integer? auto_detect_section:string name:string! skip_time:string timezone_from:string timezone_to:string description:text color:string text_color:string accessibility:string importance:string private_event:string rrule:object is_meeting:string location:string remind:array attendees:array meeting:object crm_fields:array				calendar/calendar-event/calendar-event-add
calendar.event.delete	2	calendar	delete	w	any					boolean	id:integer!				calendar/calendar-event/calendar-event-delete
calendar.event.get	2	calendar	get	r	any					array	type:string! ownerId:integer! from:date to:date section:array				calendar/calendar-event/calendar-event-get
calendar.event.get.nearest	2	calendar	other	r	any					array	type:string ownerId:integer days:integer forCurrentUser:boolean maxEventsCount:integer detailUrl:string				calendar/calendar-event/calendar-event-get-nearest
calendar.event.getbyid	2	calendar	other	r	any					object	id:integer!				calendar/calendar-event/calendar-event-get-by-id
calendar.event.update	2	calendar	update	w	any					integer	id:integer! type:string! ownerId:integer! from:datetime|date to:datetime|date from_ts:integer to_ts:integer section:integer name:string skip_time:string timezone_from:string timezone_to:string description:text color:string text_color:string accessibility:string importance:string private_event:string recurrence_mode:string current_date_from:date? rrule:object is_meeting:string location:string remind:array attendees:array host:integer meeting:object crm_fields:array				calendar/calendar-event/calendar-event-update
calendar.meeting.status.get	2	calendar	get	r	any					string	eventId:integer!				calendar/calendar-event/calendar-meeting-status-get
calendar.meeting.status.set	2	calendar	other	w	any					boolean	eventId:integer! status:string!				calendar/calendar-event/calendar-meeting-status-set
calendar.resource.add	2	calendar	add	w	any					integer	name:string!				calendar/resource/calendar-resource-add
calendar.resource.booking.list	2	calendar	list	r	any					array	filter:object!				calendar/resource/calendar-resource-booking-list
calendar.resource.delete	2	calendar	delete	w	any					boolean	resourceId:integer!				calendar/resource/calendar-resource-delete
calendar.resource.list	2	calendar	list	r	any					array					calendar/resource/calendar-resource-list
calendar.resource.update	2	calendar	update	w	any					integer	resourceId:integer! name:string!				calendar/resource/calendar-resource-update
calendar.section.add	2	calendar	add	w	any					integer	type:string! ownerId:integer! name:string! description:string color:string text_color:string export:object				calendar/calendar-section-add
calendar.section.delete	2	calendar	delete	w	any					boolean	type:string! ownerId:integer! id:integer!				calendar/calendar-section-delete
calendar.section.get	2	calendar	get	r	any					array	type:string! ownerId:integer!				calendar/calendar-section-get
calendar.section.update	2	calendar	update	w	any					integer	type:string! ownerId:integer! id:string! name:string description:string color:string text_color:string export:object				calendar/calendar-section-update
calendar.settings.get	2	calendar	get	r	any					object					calendar/calendar-settings-get
calendar.user.settings.get	2	calendar	get	r	any					object					calendar/calendar-user-settings-get
calendar.user.settings.set	2	calendar	other	w	any					boolean	settings:object!				calendar/calendar-user-settings-set
call.followup.field.get	3	call	get	r	any				item	object	name:string! select:array				telephony/follow-up/call-followup-field-get
call.followup.field.list	3	call	list	r	any				items	object	select:array				telephony/follow-up/call-followup-field-list
call.followup.get	3	call	get	r	rights				item	object	callId:integer! select:array mentionFormat:string				telephony/follow-up/call-followup-get
call.followup.list	3	call	list	r	any		pagination		items	object	filter:object! select:array order:object pagination:object mentionFormat:string				telephony/follow-up/call-followup-list	in=pagination
catalog.catalog.get	2	catalog	get	r	admin				catalog	object	id:catalog_catalog.id!				catalog/catalog/catalog-catalog-get
catalog.catalog.getFields	2	catalog	fields	r	admin				catalog	object					catalog/catalog/catalog-catalog-get-fields
catalog.catalog.isOffers	2	catalog	other	r	admin					boolean	id:catalog_catalog.id!				catalog/catalog/catalog-catalog-is-offers
catalog.catalog.list	2	catalog	list	r	admin		start		catalogs	object	select:array filter:object order:object start:integer				catalog/catalog/catalog-catalog-list
catalog.document.add	2	catalog	add	w	rights				document	object	fields:object!				catalog/document/catalog-document-add
catalog.document.cancel	2	catalog	other	w	rights					boolean	id:catalog_document.id!				catalog/document/catalog-document-cancel
catalog.document.cancelList	2	catalog	other	w	rights					boolean	documentIds:catalog_document.id[]!				catalog/document/catalog-document-cancel-list
catalog.document.conduct	2	catalog	other	w	rights					boolean	id:catalog_document.id!				catalog/document/catalog-document-conduct
catalog.document.conductList	2	catalog	other	w	rights					boolean	documentIds:catalog_document.id[]!				catalog/document/catalog-document-conduct-list
catalog.document.confirm	2	catalog	other	w	admin	d				boolean	id:integer!		catalog.document.conduct		catalog/document/outdated/catalog-document-confirm
catalog.document.delete	2	catalog	delete	w	rights					boolean	id:catalog_document.id!				catalog/document/catalog-document-delete
catalog.document.deleteList	2	catalog	other	w	rights					boolean	documentIds:catalog_document.id[]!				catalog/document/catalog-document-delete-list
catalog.document.element.add	2	catalog	add	w	rights				documentElement	object	fields:object!				catalog/document/document-element/catalog-document-element-add
catalog.document.element.delete	2	catalog	delete	w	rights					boolean	id:catalog_document_element.id!				catalog/document/document-element/catalog-document-element-delete
catalog.document.element.fields	2	catalog	fields	r	admin	d				object[]			catalog.document.element.getFields		catalog/document/outdated/catalog-document-element-fields
catalog.document.element.getFields	2	catalog	fields	r	rights				documentElement	object					catalog/document/document-element/catalog-document-element-get-fields
catalog.document.element.list	2	catalog	list	r	rights		start		documentElements	object	select:array filter:object order:object start:integer				catalog/document/document-element/catalog-document-element-list
catalog.document.element.update	2	catalog	update	w	rights				documentElement	object	id:catalog_document_element.id! fields:object!				catalog/document/document-element/catalog-document-element-update
catalog.document.fields	2	catalog	fields	r	admin	d				object[]			catalog.document.getFields		catalog/document/outdated/catalog-document-fields
catalog.document.getFields	2	catalog	fields	r	rights				document	object					catalog/document/catalog-document-get-fields
catalog.document.list	2	catalog	list	r	rights		start		documents	object	select:array filter:object order:object start:integer				catalog/document/catalog-document-list
catalog.document.mode.status	2	catalog	other	r	rights					string					catalog/document/catalog-document-mode-status
catalog.document.unconfirm	2	catalog	other	w	admin	d				boolean	id:integer!		catalog.document.cancel		catalog/document/outdated/catalog-document-unconfirm
catalog.document.update	2	catalog	update	w	rights				document	object	id:catalog_document.id! fields:object!				catalog/document/catalog-document-update
catalog.documentcontractor.add	2	catalog	add	w	rights				documentContractor	object	fields:object!				catalog/documentcontractor/catalog-documentcontractor-add
catalog.documentcontractor.delete	2	catalog	delete	w	rights					boolean	id:catalog_documentcontractor.id!				catalog/documentcontractor/catalog-documentcontractor-delete
catalog.documentcontractor.getFields	2	catalog	fields	r	rights				documentContractor	object					catalog/documentcontractor/catalog-documentcontractor-get-fields
catalog.documentcontractor.list	2	catalog	list	r	rights		start		documentContractor	object	select:array filter:object order:object start:integer				catalog/documentcontractor/catalog-documentcontractor-list
catalog.enum.getRoundTypes	2	catalog	other	r	any				enum	object					catalog/enum/catalog-enum-get-round-types
catalog.enum.getStoreDocumentTypes	2	catalog	other	r	any				enum	object					catalog/enum/catalog-enum-get-store-document-types
catalog.extra.get	2	catalog	get	r	admin				extra	object	id:catalog_extra.id!				catalog/extra/catalog-extra-get
catalog.extra.getFields	2	catalog	fields	r	admin				extra	object					catalog/extra/catalog-extra-get-fields
catalog.extra.list	2	catalog	list	r	admin		start		extras	object	select:array filter:object order:object start:integer				catalog/extra/catalog-extra-list
catalog.measure.add	2	catalog	add	w	admin				measure	object	fields:object!				catalog/measure/catalog-measure-add
catalog.measure.delete	2	catalog	delete	w	admin					boolean	id:catalog_measure.id!				catalog/measure/catalog-measure-delete
catalog.measure.get	2	catalog	get	r	admin				measure	object	id:catalog_measure.id!				catalog/measure/catalog-measure-get
catalog.measure.getFields	2	catalog	fields	r	admin				measure	object					catalog/measure/catalog-measure-get-fields
catalog.measure.list	2	catalog	list	r	admin		start		measures	object	select:array filter:object order:object start:integer				catalog/measure/catalog-measure-list
catalog.measure.update	2	catalog	update	w	admin				measure	object	Id:catalog_measure.id! fields:object!				catalog/measure/catalog-measure-update
catalog.price.add	2	catalog	add	w	rights				price	object	fields:object!				catalog/price/catalog-price-add
catalog.price.delete	2	catalog	delete	w	rights					boolean	id:catalog_price.id!				catalog/price/catalog-price-delete
catalog.price.get	2	catalog	get	r	rights				price	object	id:catalog_price.id!				catalog/price/catalog-price-get
catalog.price.getFields	2	catalog	fields	r	rights				price	object					catalog/price/catalog-price-get-fields
catalog.price.list	2	catalog	list	r	rights		start	id:id	prices	object	select:array filter:object order:object start:integer				catalog/price/catalog-price-list
catalog.price.modify	2	catalog	other	w	rights				prices	object	fields:object!				catalog/price/catalog-price-modify
catalog.price.update	2	catalog	update	w	rights				price	object	id:catalog_price.id! fields:object!				catalog/price/catalog-price-update
catalog.priceType.add	2	catalog	add	w	admin				priceType	object	fields:object!				catalog/price-type/catalog-price-type-add
catalog.priceType.delete	2	catalog	delete	w	admin					boolean	id:catalog_price_type.id!				catalog/price-type/catalog-price-type-delete
catalog.priceType.get	2	catalog	get	r	admin				priceType	object	id:catalog_price_type.id!				catalog/price-type/catalog-price-type-get
catalog.priceType.getFields	2	catalog	fields	r	admin				priceType	object					catalog/price-type/catalog-price-type-get-fields
catalog.priceType.list	2	catalog	list	r	admin		start		priceTypes	object	select:array filter:object order:object start:integer				catalog/price-type/catalog-price-type-list
catalog.priceType.update	2	catalog	update	w	admin				priceType	object	id:catalog_price_type.id! fields:object!				catalog/price-type/catalog-price-type-update
catalog.priceTypeGroup.add	2	catalog	add	w	rights				priceTypeGroup	object	fields:object!				catalog/price-type/price-type-group/catalog-price-type-group-add
catalog.priceTypeGroup.delete	2	catalog	delete	w	rights					boolean	id:catalog_price_type_group.id!				catalog/price-type/price-type-group/catalog-price-type-group-delete
catalog.priceTypeGroup.getFields	2	catalog	fields	r	rights				priceTypeGroup	object					catalog/price-type/price-type-group/catalog-price-type-group-get-fields
catalog.priceTypeGroup.list	2	catalog	list	r	rights		start		priceTypeGroups	object	select:array filter:object order:object start:integer				catalog/price-type/price-type-group/catalog-price-type-group-list
catalog.priceTypeLang.add	2	catalog	add	w	admin				priceTypeLang	object	fields:object!				catalog/price-type/price-type-lang/catalog-price-type-lang-add
catalog.priceTypeLang.delete	2	catalog	delete	w	admin					boolean	id:catalog_price_type_lang.id!				catalog/price-type/price-type-lang/catalog-price-type-lang-delete
catalog.priceTypeLang.get	2	catalog	get	r	admin				priceTypeLang	object	id:catalog_price_type_lang.id!				catalog/price-type/price-type-lang/catalog-price-type-lang-get
catalog.priceTypeLang.getFields	2	catalog	fields	r	admin				priceTypeLang	object					catalog/price-type/price-type-lang/catalog-price-type-lang-get-fields
catalog.priceTypeLang.getLanguages	2	catalog	other	r	admin		start		languages	object					catalog/price-type/price-type-lang/catalog-price-type-lang-get-languages
catalog.priceTypeLang.list	2	catalog	list	r	admin		start		priceTypeLangs	object	select:array filter:object order:object start:integer				catalog/price-type/price-type-lang/catalog-price-type-lang-list
catalog.priceTypeLang.update	2	catalog	update	w	admin				priceTypeLang	object	Id:catalog_price_type_lang.id! fields:object!				catalog/price-type/price-type-lang/catalog-price-type-lang-update
catalog.product.add	2	catalog	add	w	admin	f			element	object	fields:object!				catalog/product/catalog-product-add
catalog.product.delete	2	catalog	delete	w	admin					boolean	id:catalog_product.id!				catalog/product/catalog-product-delete
catalog.product.download	2	catalog	other	r	admin	b				binary	fields:object!				catalog/product/catalog-product-download
catalog.product.get	2	catalog	get	r	admin				product	object	id:catalog_product.id!				catalog/product/catalog-product-get
catalog.product.getFieldsByFilter	2	catalog	other	r	admin				product	object	filter:object!				catalog/product/catalog-product-get-fields-by-filter
catalog.product.list	2	catalog	list	r	rights		start	id:id	products	object	select:array filter:object order:object start:string				catalog/product/catalog-product-list
catalog.product.offer.add	2	catalog	add	w	admin	f			offer	object	fields:object!				catalog/product/offer/catalog-product-offer-add
catalog.product.offer.delete	2	catalog	delete	w	admin					boolean	id:catalog_product_offer.id!				catalog/product/offer/catalog-product-offer-delete
catalog.product.offer.download	2	catalog	other	r	admin	b				binary	fields:object!				catalog/product/offer/catalog-product-offer-download
catalog.product.offer.get	2	catalog	get	r	admin				offer	object	id:catalog_product_offer.id!				catalog/product/offer/catalog-product-offer-get
catalog.product.offer.getFieldsByFilter	2	catalog	other	r	admin				offer	object	filter:object!				catalog/product/offer/catalog-product-offer-get-fields-by-filter
catalog.product.offer.list	2	catalog	list	r	admin		start	id:id	offers	object	select:array filter:object order:object start:integer				catalog/product/offer/catalog-product-offer-list
catalog.product.offer.update	2	catalog	update	w	admin	f			offer	object	id:catalog_product_offer.id! fields:object!				catalog/product/offer/catalog-product-offer-update
catalog.product.service.add	2	catalog	add	w	admin	f			service	object	fields:object!				catalog/product/service/catalog-product-service-add
catalog.product.service.delete	2	catalog	delete	w	admin					boolean	id:catalog_product_service.id!				catalog/product/service/catalog-product-service-delete
catalog.product.service.download	2	catalog	other	r	admin	b				binary	fields:object!				catalog/product/service/catalog-product-service-download
catalog.product.service.get	2	catalog	get	r	admin				service	object	id:catalog_product_service.id!				catalog/product/service/catalog-product-service-get
catalog.product.service.getFieldsByFilter	2	catalog	other	r	admin				service	object	filter:object!				catalog/product/service/catalog-product-service-get-fields-by-filter
catalog.product.service.list	2	catalog	list	r	admin		start	id:id	services	object	select:array filter:object order:object start:integer				catalog/product/service/catalog-product-service-list
catalog.product.service.update	2	catalog	update	w	admin	f			service	object	id:catalog_product_service.id! fields:object!				catalog/product/service/catalog-product-service-update
catalog.product.sku.add	2	catalog	add	w	admin	f			sku	object	fields:object!				catalog/product/sku/catalog-product-sku-add
catalog.product.sku.delete	2	catalog	delete	w	admin					boolean	id:catalog_product_sku.id!				catalog/product/sku/catalog-product-sku-delete
catalog.product.sku.download	2	catalog	other	r	admin	b				binary	fields:object!				catalog/product/sku/catalog-product-sku-download
catalog.product.sku.get	2	catalog	get	r	admin				sku	object	id:catalog_product_sku.id!				catalog/product/sku/catalog-product-sku-get
catalog.product.sku.getFieldsByFilter	2	catalog	other	r	admin				sku	object	filter:object!				catalog/product/sku/catalog-product-sku-get-fields-by-filter
catalog.product.sku.list	2	catalog	list	r	admin		start	id:id	units	object	select:array filter:object order:object start:integer				catalog/product/sku/catalog-product-sku-list
catalog.product.sku.update	2	catalog	update	w	admin	f			sku	object	id:catalog_product_sku.id! fields:object!				catalog/product/sku/catalog-product-sku-update
catalog.product.update	2	catalog	update	w	admin	f			element	object	id:catalog_product.id! fields:object!				catalog/product/catalog-product-update
catalog.productImage.add	2	catalog	add	w	admin	f			productImage	object	fields:object! fileContent:array!				catalog/product-image/catalog-product-image-add
catalog.productImage.delete	2	catalog	delete	w	admin					boolean	productId:catalog_product.id|catalog_product_sku.id|catalog_product_offer.id|catalog_product_service.id! id:catalog_product_image.id!				catalog/product-image/catalog-product-image-delete
catalog.productImage.get	2	catalog	get	r	admin				productImage	object	productId:catalog_product.id|catalog_product_sku.id|catalog_product_offer.id|catalog_product_service.id! id:catalog_product_image.id!				catalog/product-image/catalog-product-image-get
catalog.productImage.getFields	2	catalog	fields	r	admin				productImage	object					catalog/product-image/catalog-product-image-get-fields
catalog.productImage.list	2	catalog	list	r	admin		start		productImages	object	productId:catalog_product.id|catalog_product_sku.id|catalog_product_offer.id|catalog_product_service.id! select:array				catalog/product-image/catalog-product-image-list
catalog.productProperty.add	2	catalog	add	w	rights				productProperty	object	fields:object!				catalog/product-property/catalog-product-property-add
catalog.productProperty.delete	2	catalog	delete	w	rights					boolean	id:catalog_product_property.id!				catalog/product-property/catalog-product-property-delete
catalog.productProperty.get	2	catalog	get	r	rights				productProperty	object	id:catalog_product_property.id!				catalog/product-property/catalog-product-property-get
catalog.productProperty.getFields	2	catalog	fields	r	rights				productProperty	object					catalog/product-property/catalog-product-property-get-fields
catalog.productProperty.list	2	catalog	list	r	rights		start		productProperties	object	select:array filter:object order:object start:integer				catalog/product-property/catalog-product-property-list
catalog.productProperty.update	2	catalog	update	w	rights				productProperty	object	id:catalog_product_property.id! fields:object!				catalog/product-property/catalog-product-property-update
catalog.productPropertyEnum.add	2	catalog	add	w	rights				productPropertyEnum	object	fields:object!				catalog/product-property-enum/catalog-product-property-enum-add
catalog.productPropertyEnum.delete	2	catalog	delete	w	rights					boolean	id:integer!				catalog/product-property-enum/catalog-product-property-enum-delete
catalog.productPropertyEnum.get	2	catalog	get	r	rights				productPropertyEnum	object	id:integer!				catalog/product-property-enum/catalog-product-property-enum-get
catalog.productPropertyEnum.getFields	2	catalog	fields	r	rights				productPropertyEnum	object					catalog/product-property-enum/catalog-product-property-enum-get-fields
catalog.productPropertyEnum.list	2	catalog	list	r	rights		start		productPropertyEnums	object	select:array filter:object order:object start:integer				catalog/product-property-enum/catalog-product-property-enum-list
catalog.productPropertyEnum.update	2	catalog	update	w	rights				productPropertyEnum	object	id:integer! fields:object!				catalog/product-property-enum/catalog-product-property-enum-update
catalog.productPropertyFeature.add	2	catalog	add	w	rights				productPropertyFeature	object	fields:object!				catalog/product-property-feature/catalog-product-property-feature-add
catalog.productPropertyFeature.get	2	catalog	get	r	rights				productPropertyFeature	object	id:integer!				catalog/product-property-feature/catalog-product-property-feature-get
catalog.productPropertyFeature.getAvailableFeaturesByProperty	2	catalog	other	r	rights				features	object	propertyId:catalog_product_property.id!				catalog/product-property-feature/catalog-product-property-feature-get-available-features-by-property
catalog.productPropertyFeature.getFields	2	catalog	fields	r	rights				productPropertyFeature	object					catalog/product-property-feature/catalog-product-property-feature-get-fields
catalog.productPropertyFeature.list	2	catalog	list	r	rights		start		productPropertyFeatures	object	select:array filter:object order:object start:integer				catalog/product-property-feature/catalog-product-property-feature-list
catalog.productPropertyFeature.update	2	catalog	update	w	rights				productPropertyFeature	object	id:integer! fields:object!				catalog/product-property-feature/catalog-product-property-feature-update
catalog.productPropertySection.get	2	catalog	get	r	rights				productPropertySection	object	propertyId:catalog_product_property.id!				catalog/product-property-section/catalog-product-property-section-get
catalog.productPropertySection.list	2	catalog	list	r	rights		start		productPropertySections	object	select:array filter:object order:object start:integer				catalog/product-property-section/catalog-product-property-section-list
catalog.productPropertySection.set	2	catalog	other	w	rights				productPropertySection	object	propertyId:catalog_product_property.id! fields:object!				catalog/product-property-section/catalog-product-property-section-set
catalog.ratio.get	2	catalog	get	r	admin				ratio	object	id:catalog_ratio.id!				catalog/ratio/catalog-ratio-get
catalog.ratio.getFields	2	catalog	fields	r	admin				ratio	object					catalog/ratio/catalog-ratio-get-fields
catalog.ratio.list	2	catalog	list	r	admin		start		ratios	object	select:array filter:object order:object start:integer				catalog/ratio/catalog-ratio-list
catalog.roundingRule.add	2	catalog	add	w	admin				roundingRule	object	fields:object!				catalog/rounding-rule/catalog-rounding-rule-add
catalog.roundingRule.delete	2	catalog	delete	w	admin					boolean	id:catalog_rounding_rule.id!				catalog/rounding-rule/catalog-rounding-rule-delete
catalog.roundingRule.get	2	catalog	get	r	admin				roundingRule	object	id:catalog_rounding_rule.id!				catalog/rounding-rule/catalog-rounding-rule-get
catalog.roundingRule.getFields	2	catalog	fields	r	admin				roundingRule	object					catalog/rounding-rule/catalog-rounding-rule-get-fields
catalog.roundingrule.list	2	catalog	list	r	admin		start		roundingRules	object	select:array filter:object order:object start:integer				catalog/rounding-rule/catalog-rounding-rule-list
catalog.roundingRule.update	2	catalog	update	w	admin				roundingRule	object	Id:catalog_rounding_rule.id! fields:object!				catalog/rounding-rule/catalog-rounding-rule-update
catalog.section.add	2	catalog	add	w	admin				section	object	fields:object!				catalog/section/catalog-section-add
catalog.section.delete	2	catalog	delete	w	admin					boolean	id:catalog_section.id!				catalog/section/catalog-section-delete
catalog.section.get	2	catalog	get	r	admin				section	object	id:catalog_section.id!				catalog/section/catalog-section-get
catalog.section.getFields	2	catalog	fields	r	any				section	object					catalog/section/catalog-section-get-fields
catalog.section.list	2	catalog	list	r	admin		start		sections	object	select:array filter:object order:object start:integer				catalog/section/catalog-section-list
catalog.section.update	2	catalog	update	w	admin				section	object	id:catalog_section.id! fields:object!				catalog/section/catalog-section-update
catalog.store.add	2	catalog	add	w	admin	f			store	object	fields:object!				catalog/store/catalog-store-add
catalog.store.delete	2	catalog	delete	w	admin					boolean	id:catalog_store.id!				catalog/store/catalog-store-delete
catalog.store.get	2	catalog	get	r	admin				store	object	id:catalog_store.id!				catalog/store/catalog-store-get
catalog.store.getFields	2	catalog	fields	r	admin				store	object					catalog/store/catalog-store-get-fields
catalog.store.list	2	catalog	list	r	admin		start		stores	object	select:array filter:object order:object start:integer				catalog/store/catalog-store-list
catalog.store.update	2	catalog	update	w	admin	f			store	object	id:catalog_store.id! fields:object!				catalog/store/catalog-store-update
catalog.storeproduct.get	2	catalog	get	r	rights				storeProduct	object	id:catalog_storeproduct.id!				catalog/store-product/catalog-store-product-get
catalog.storeproduct.getFields	2	catalog	fields	r	rights				storeProduct	object					catalog/store-product/catalog-store-product-get-fields
catalog.storeproduct.list	2	catalog	list	r	rights		start	id:id	storeProducts	object	select:array filter:object order:object start:integer				catalog/store-product/catalog-store-product-list
catalog.userfield.document.list	2	catalog	list	r	rights		start		documents	object	select:array! filter:object! order:object start:integer				catalog/userfield-document/catalog-userfield-document-list
catalog.userfield.document.update	2	catalog	update	w	rights				document	object	documentId:catalog_document.id! fields:object!				catalog/userfield-document/catalog-userfield-document-update
catalog.vat.add	2	catalog	add	w	admin				vat	object	fields:object!				catalog/vat/catalog-vat-add
catalog.vat.delete	2	catalog	delete	w	admin					boolean	id:catalog_vat.id!				catalog/vat/catalog-vat-delete
catalog.vat.get	2	catalog	get	r	admin					object	id:catalog_vat.id!				catalog/vat/catalog-vat-get
catalog.vat.getFields	2	catalog	fields	r	admin				vat	object					catalog/vat/catalog-vat-get-fields
catalog.vat.list	2	catalog	list	r	admin		start		vats	object	select:array filter:object order:object start:integer				catalog/vat/catalog-vat-list
catalog.vat.update	2	catalog	update	w	admin				vat	object	id:catalog_vat.id! fields:object!				catalog/vat/catalog-vat-update
crm.activity.add	2	crm	add	w	rights	d				integer	fields:array!		crm.activity.todo.add		crm/timeline/activities/activity-base/crm-activity-add
crm.activity.badge.add	2	crm	add	w	crmAdmin				badge	object	code:string! title:string|array! value:string|array! type:string!				crm/timeline/activities/configurable/badges/crm-activity-badge-add
crm.activity.badge.delete	2	crm	delete	w	crmAdmin					boolean	code:string!				crm/timeline/activities/configurable/badges/crm-activity-badge-delete
crm.activity.badge.get	2	crm	get	r	any				badge	object	code:string!				crm/timeline/activities/configurable/badges/crm-activity-badge-get
crm.activity.badge.list	2	crm	list	r	any				badges	object					crm/timeline/activities/configurable/badges/crm-activity-badge-list
crm.activity.binding.add	2	crm	add	w	rights					boolean	activityId:integer! entityTypeId:integer! entityId:integer!				crm/timeline/activities/binding/crm-activity-binding-add
crm.activity.binding.delete	2	crm	delete	w	rights					boolean	activityId:integer! entityTypeId:integer! entityId:integer!				crm/timeline/activities/binding/crm-activity-binding-delete
crm.activity.binding.list	2	crm	list	r	rights					array	activityId:integer!				crm/timeline/activities/binding/crm-activity-binding-list
crm.activity.binding.move	2	crm	other	w	rights					boolean	activityId:integer! sourceEntityTypeId:integer! sourceEntityId:integer! targetEntityTypeId:integer! targetEntityId:integer!				crm/timeline/activities/binding/crm-activity-binding-move
crm.activity.call.getTranscript	2	crm	other	r	rights					object|null	activityId:integer!				crm/timeline/activities/activity-base/crm-activity-call-get-transcript
crm.activity.communication.fields	2	crm	fields	r	any					object					crm/timeline/activities/activity-base/crm-activity-communication-fields
crm.activity.configurable.add	2	crm	add	w	any	a				object	ownerTypeId:integer! ownerId:integer! fields:array! layout:LayoutDto!				crm/timeline/activities/configurable/crm-activity-configurable-add
crm.activity.configurable.get	2	crm	get	r	any	a			activity	object	id:integer!				crm/timeline/activities/configurable/crm-activity-configurable-get
crm.activity.configurable.update	2	crm	update	w	any	a				object	id:integer! fields:array! layout:LayoutDto!				crm/timeline/activities/configurable/crm-activity-configurable-update
crm.activity.delete	2	crm	delete	w	rights					boolean	id:integer!				crm/timeline/activities/activity-base/crm-activity-delete
crm.activity.fields	2	crm	fields	r	any					object					crm/timeline/activities/activity-base/crm-activity-fields
crm.activity.get	2	crm	get	r	any					object	id:integer!				crm/timeline/activities/activity-base/crm-activity-get
crm.activity.layout.blocks.delete	2	crm	delete	w	rights	a			success	object	entityTypeId:integer! entityId:integer! activityId:integer!				crm/timeline/activities/layout-blocks/crm-activity-layout-blocks-delete
crm.activity.layout.blocks.get	2	crm	get	r	rights	a			layout	object	entityTypeId:integer! entityId:integer! activityId:integer!				crm/timeline/activities/layout-blocks/crm-activity-layout-blocks-get
crm.activity.layout.blocks.set	2	crm	other	w	rights	a			success	object	entityTypeId:integer! entityId:integer! activityId:integer! layout:RestAppLayoutDto!				crm/timeline/activities/layout-blocks/crm-activity-layout-blocks-set
crm.activity.list	2	crm	list	r	any		start	ID:ID		array	select:array filter:object order:object start:integer				crm/timeline/activities/activity-base/crm-activity-list
crm.activity.todo.add	2	crm	add	w	rights				id	object	ownerTypeId:integer! ownerId:integer! deadline:datetime! title:string description:string responsibleId:integer parentActivityId:integer pingOffsets:array colorId:string				crm/timeline/activities/todo/crm-activity-todo-add
crm.activity.todo.update	2	crm	update	w	rights				id	object	id:integer! ownerTypeId:integer! ownerId:integer! deadline:datetime! title:string description:string responsibleId:integer parentActivityId:integer pingOffsets:array colorId:string				crm/timeline/activities/todo/crm-activity-todo-update
crm.activity.todo.updateColor	2	crm	other	w	rights				id	object	id:integer! ownerTypeId:integer! ownerId:integer! colorId:string!				crm/timeline/activities/todo/crm-activity-todo-update-color
crm.activity.todo.updateDeadline	2	crm	other	w	rights				id	object	id:integer! ownerTypeId:integer! ownerId:integer! value:datetime!				crm/timeline/activities/todo/crm-activity-todo-update-deadline
crm.activity.todo.updateDescription	2	crm	other	w	rights				id	object	id:integer! ownerTypeId:integer! ownerId:integer! value:string!				crm/timeline/activities/todo/crm-activity-todo-update-description
crm.activity.todo.updateResponsibleUser	2	crm	other	w	rights				id	object	id:integer! ownerTypeId:integer! ownerId:integer! responsibleId:integer!				crm/timeline/activities/todo/crm-activity-todo-update-responsible-user
crm.activity.type.add	2	crm	add	w	admin	af				boolean	fields:object!				crm/timeline/activities/types/crm-activity-type-add
crm.activity.type.delete	2	crm	delete	w	admin	a				boolean	TYPE_ID:string!				crm/timeline/activities/types/crm-activity-type-delete
crm.activity.type.list	2	crm	list	r	admin	a				array					crm/timeline/activities/types/crm-activity-type-list
crm.activity.update	2	crm	update	w	rights	d				boolean	id:integer! fields:array!		crm.activity.todo.update		crm/timeline/activities/activity-base/crm-activity-update
crm.address.add	2	crm	add	w	rights					boolean	fields:object!				crm/requisites/addresses/crm-address-add
crm.address.delete	2	crm	delete	w	rights					boolean	fields:object!				crm/requisites/addresses/crm-address-delete
crm.address.fields	2	crm	fields	r	any					object					crm/requisites/addresses/crm-address-fields
crm.address.list	2	crm	list	r	rights		start			array	select:array filter:object order:object start:integer				crm/requisites/addresses/crm-address-list
crm.address.update	2	crm	update	w	rights					boolean	fields:object!				crm/requisites/addresses/crm-address-update
crm.automatedsolution.add	2	crm	add	w	crmAdmin				automatedSolution	object	fields:object!				crm/automated-solution/crm-automated-solution-add
crm.automatedsolution.delete	2	crm	delete	w	crmAdmin					null	id:integer!				crm/automated-solution/crm-automated-solution-delete
crm.automatedsolution.fields	2	crm	fields	r	crmAdmin					object					crm/automated-solution/crm-automated-solution-fields
crm.automatedsolution.get	2	crm	get	r	crmAdmin				automatedSolution	object	id:integer!				crm/automated-solution/crm-automated-solution-get
crm.automatedsolution.list	2	crm	list	r	crmAdmin		start		automatedSolutions	object	order:object filter:object start:integer				crm/automated-solution/crm-automated-solution-list
crm.automatedsolution.update	2	crm	update	w	crmAdmin				automatedSolution	object	id:integer! fields:object!				crm/automated-solution/crm-automated-solution-update
crm.automation.trigger	2	crm	other	w	rights					boolean	target:string! code:string				crm/automation/crm-automation-trigger
crm.automation.trigger.add	2	crm	add	w	admin	a				boolean	CODE:string! NAME:string!				crm/automation/triggers/crm-automation-trigger-add
crm.automation.trigger.delete	2	crm	delete	w	admin	a				boolean	CODE:string!				crm/automation/triggers/crm-automation-trigger-delete
crm.automation.trigger.execute	2	crm	other	w	admin	a				boolean	CODE:string! OWNER_TYPE_ID:integer! OWNER_ID:integer!				crm/automation/triggers/crm-automation-trigger-execute
crm.automation.trigger.list	2	crm	list	r	admin	a				array					crm/automation/triggers/crm-automation-trigger-list
crm.calllist.add	2	crm	add	w	rights					integer	ENTITY_TYPE:string! ENTITIES:integer[]! WEBFORM_ID:integer				crm/call-list/crm-calllist-add
crm.calllist.get	2	crm	get	r	rights					object	ID:integer!				crm/call-list/crm-calllist-get
crm.calllist.items.get	2	crm	get	r	rights					array	LIST_ID:integer! FILTER:object				crm/call-list/crm-calllist-items-get
crm.calllist.list	2	crm	list	r	rights					array	SELECT:array FILTER:object ORDER:object				crm/call-list/crm-calllist-list
crm.calllist.statuslist	2	crm	list	r	any					array					crm/call-list/crm-calllist-statuslist
crm.calllist.update	2	crm	update	w	rights					boolean	LIST_ID:integer! ENTITY_TYPE:string! ENTITIES:array! WEBFORM_ID:integer				crm/call-list/crm-calllist-update
crm.catalog.fields	2	crm	fields	r	any	d							catalog.catalog.getFields		crm/outdated/catalog/crm-catalog-fields
crm.catalog.get	2	crm	get	r	any	d					id:integer!		catalog.catalog.get		crm/outdated/catalog/crm-catalog-get
crm.catalog.list	2	crm	list	r	any	d	start				order:object filter:object select:array start:integer		catalog.catalog.list		crm/outdated/catalog/crm-catalog-list
crm.category.add	2	crm	add	w	crmAdmin				category	object	entityTypeId:integer! fields:object!				crm/universal/category/crm-category-add
crm.category.delete	2	crm	delete	w	crmAdmin					null	entityTypeId:integer! id:integer!				crm/universal/category/crm-category-delete
crm.category.fields	2	crm	fields	r	any				fields	object	entityTypeId:integer!				crm/universal/category/crm-category-fields
crm.category.get	2	crm	get	r	rights				category	object	entityTypeId:integer! id:integer!				crm/universal/category/crm-category-get
crm.category.list	2	crm	list	r	any				categories	object	entityTypeId:integer!				crm/universal/category/crm-category-list
crm.category.update	2	crm	update	w	crmAdmin				category	object	entityTypeId:integer! id:integer! fields:object!				crm/universal/category/crm-category-update
crm.company.add	2	crm	add	w	rights	df				integer	fields:object! params:object		crm.item.add		crm/companies/crm-company-add
crm.company.contact.add	2	crm	add	w	rights					boolean	id:integer! fields:object!				crm/companies/contacts/crm-company-contact-add
crm.company.contact.delete	2	crm	delete	w	rights					boolean	id:integer! fields:object!				crm/companies/contacts/crm-company-contact-delete
crm.company.contact.fields	2	crm	fields	r	any					object					crm/companies/contacts/crm-company-contact-fields
crm.company.contact.items.delete	2	crm	delete	w	rights					boolean	id:integer!				crm/companies/contacts/crm-company-contact-items-delete
crm.company.contact.items.get	2	crm	get	r	rights					company_contact_binding[]	id:integer!				crm/companies/contacts/crm-company-contact-items-get
crm.company.contact.items.set	2	crm	other	w	rights					boolean	id:integer! items:object[]!				crm/companies/contacts/crm-company-contact-items-set
crm.company.delete	2	crm	delete	w	rights	d				boolean	id:integer!		crm.item.delete		crm/companies/crm-company-delete
crm.company.details.configuration.forceCommonScopeForAll	2	crm	other	w	rights	d				boolean			crm.item.details.configuration.forceCommonScopeForAll		crm/companies/custom-form/crm-company-details-configuration-force-common-scope-for-all
crm.company.details.configuration.get	2	crm	get	r	rights	d				section[]	scope:string userId:user?		crm.item.details.configuration.get		crm/companies/custom-form/crm-company-details-configuration-get
crm.company.details.configuration.reset	2	crm	other	w	rights	d				boolean	scope:string userId:user?		crm.item.details.configuration.reset		crm/companies/custom-form/crm-company-details-configuration-reset
crm.company.details.configuration.set	2	crm	other	w	rights	d				boolean	scope:string userId:user? data:section[]!		crm.item.details.configuration.set		crm/companies/custom-form/crm-company-details-configuration-set
crm.company.fields	2	crm	fields	r	any	d				object			crm.item.fields		crm/companies/crm-company-fields
crm.company.get	2	crm	get	r	rights	d				object	id:integer!		crm.item.get		crm/companies/crm-company-get
crm.company.list	2	crm	list	r	rights	d	start	ID:ID		object[]	select:string[] filter:object order:object start:integer		crm.item.list		crm/companies/crm-company-list
crm.company.update	2	crm	update	w	rights	df				boolean	id:integer! fields:object! params:object		crm.item.update		crm/companies/crm-company-update
crm.company.userfield.add	2	crm	add	w	crmAdmin					integer	fields:object!				crm/companies/userfields/crm-company-userfield-add
crm.company.userfield.delete	2	crm	delete	w	crmAdmin					boolean	id:integer!				crm/companies/userfields/crm-company-userfield-delete
crm.company.userfield.get	2	crm	get	r	rights					object	id:integer!				crm/companies/userfields/crm-company-userfield-get
crm.company.userfield.list	2	crm	list	r	rights		start			array	filter:object order:object				crm/companies/userfields/crm-company-userfield-list
crm.company.userfield.update	2	crm	update	w	crmAdmin					boolean	id:integer! fields:object!				crm/companies/userfields/crm-company-userfield-update
crm.contact.add	2	crm	add	w	rights	df				integer	fields:object params:object		crm.item.add		crm/contacts/crm-contact-add
crm.contact.company.add	2	crm	add	w	rights					boolean	id:integer! fields:object!				crm/contacts/company/crm-contact-company-add
crm.contact.company.delete	2	crm	delete	w	rights					boolean	id:integer! fields:object!				crm/contacts/company/crm-contact-company-delete
crm.contact.company.fields	2	crm	fields	r	any					object					crm/contacts/company/crm-contact-company-fields
crm.contact.company.items.delete	2	crm	delete	w	rights					boolean	id:integer!				crm/contacts/company/crm-contact-company-items-delete
crm.contact.company.items.get	2	crm	get	r	rights					contact_company_binding[]	id:integer!				crm/contacts/company/crm-contact-company-items-get
crm.contact.company.items.set	2	crm	other	w	rights					boolean	id:integer! items:object[]!				crm/contacts/company/crm-contact-company-items-set
crm.contact.delete	2	crm	delete	w	rights	d				boolean	id:integer!		crm.item.delete		crm/contacts/crm-contact-delete
crm.contact.details.configuration.forceCommonScopeForAll	2	crm	other	w	rights	d				boolean			crm.item.details.configuration.forceCommonScopeForAll		crm/contacts/custom-form/crm-contact-details-configuration-force-common-scope-for-all
crm.contact.details.configuration.get	2	crm	get	r	rights	d				section[]	scope:string userId:user?		crm.item.details.configuration.get		crm/contacts/custom-form/crm-contact-details-configuration-get
crm.contact.details.configuration.reset	2	crm	other	w	rights	d				boolean	scope:string userId:user?		crm.item.details.configuration.reset		crm/contacts/custom-form/crm-contact-details-configuration-reset
crm.contact.details.configuration.set	2	crm	other	w	rights	d				boolean	scope:string userId:user? data:section[]!		crm.item.details.configuration.set		crm/contacts/custom-form/crm-contact-details-configuration-set
crm.contact.fields	2	crm	fields	r	any	d				object			crm.item.fields		crm/contacts/crm-contact-fields
crm.contact.get	2	crm	get	r	rights	d				object	id:integer!		crm.item.get		crm/contacts/crm-contact-get
crm.contact.list	2	crm	list	r	rights	d	start	ID:ID		contact[]	select:string[] filter:object order:object start:integer		crm.item.list		crm/contacts/crm-contact-list
crm.contact.update	2	crm	update	w	rights	df				boolean	id:integer! fields:object! params:object		crm.item.update		crm/contacts/crm-contact-update
crm.contact.userfield.add	2	crm	add	w	crmAdmin					integer	fields:object!				crm/contacts/userfield/crm-contact-userfield-add
crm.contact.userfield.delete	2	crm	delete	w	crmAdmin					boolean	id:integer!				crm/contacts/userfield/crm-contact-userfield-delete
crm.contact.userfield.get	2	crm	get	r	rights					object	id:integer!				crm/contacts/userfield/crm-contact-userfield-get
crm.contact.userfield.list	2	crm	list	r	rights		start			userfield[]	filter:object order:object				crm/contacts/userfield/crm-contact-userfield-list
crm.contact.userfield.update	2	crm	update	w	crmAdmin					boolean	id:integer! fields:object!				crm/contacts/userfield/crm-contact-userfield-update
crm.controller.item.getFile	2	crm	other	r		b				binary					files/how-to-upload-files
crm.currency.add	2	crm	add	w	rights					string	fields:object!				crm/currency/crm-currency-add
crm.currency.base.get	2	crm	get	r	any					string					crm/currency/crm-currency-base-get
crm.currency.base.set	2	crm	other	w	rights					boolean	id:string				crm/currency/crm-currency-base-set
crm.currency.delete	2	crm	delete	w	rights					boolean	id:string!				crm/currency/crm-currency-delete
crm.currency.fields	2	crm	fields	r	rights					object					crm/currency/crm-currency-fields
crm.currency.get	2	crm	get	r	rights					object	id:crm_currency.CURRENCY				crm/currency/crm-currency-get
crm.currency.list	2	crm	list	r	rights		start			crm_currency[]	order:object				crm/currency/crm-currency-list
crm.currency.localizations.delete	2	crm	delete	w	rights					boolean	id:string! lids:array!				crm/currency/localizations/crm-currency-localizations-delete
crm.currency.localizations.fields	2	crm	fields	r	rights					object					crm/currency/localizations/crm-currency-localizations-fields
crm.currency.localizations.get	2	crm	get	r	rights					object	id:string				crm/currency/localizations/crm-currency-localizations-get
crm.currency.localizations.set	2	crm	other	w	rights					boolean	id:string! localizations:object!				crm/currency/localizations/crm-currency-localizations-set
crm.currency.update	2	crm	update	w	rights					boolean	ID:string fields:object				crm/currency/crm-currency-update
crm.deal.add	2	crm	add	w	rights	df				integer	fields:object params:object		crm.item.add		crm/deals/crm-deal-add
crm.deal.contact.add	2	crm	add	w	rights					boolean	id:integer! fields:object!				crm/deals/contacts/crm-deal-contact-add
crm.deal.contact.delete	2	crm	delete	w	rights					boolean	id:integer! fields:object!				crm/deals/contacts/crm-deal-contact-delete
crm.deal.contact.fields	2	crm	fields	r	any					object					crm/deals/contacts/crm-deal-contact-fields
crm.deal.contact.items.delete	2	crm	delete	w	rights					boolean	id:integer!				crm/deals/contacts/crm-deal-contact-items-delete
crm.deal.contact.items.get	2	crm	get	r	rights					deal_contact_binding[]	id:integer!				crm/deals/contacts/crm-deal-contact-items-get
crm.deal.contact.items.set	2	crm	other	w	rights					boolean	id:integer! items:object[]!				crm/deals/contacts/crm-deal-contact-items-set
crm.deal.delete	2	crm	delete	w	rights	d				boolean	id:integer!		crm.item.delete		crm/deals/crm-deal-delete
crm.deal.details.configuration.forceCommonScopeForAll	2	crm	other	w	rights	d				boolean	extras:object		crm.item.details.configuration.forceCommonScopeForAll		crm/deals/custom-form/crm-deal-details-configuration-force-common-scope-for-all
crm.deal.details.configuration.get	2	crm	get	r	rights	d				section[]|null	scope:string userId:user? extras:object		crm.item.details.configuration.get		crm/deals/custom-form/crm-deal-details-configuration-get
crm.deal.details.configuration.reset	2	crm	other	w	rights	d				boolean	scope:string userId:user? extras:object		crm.item.details.configuration.reset		crm/deals/custom-form/crm-deal-details-configuration-reset
crm.deal.details.configuration.set	2	crm	other	w	rights	d				boolean	scope:string userId:user? data:section[]! extras:object		crm.item.details.configuration.set		crm/deals/custom-form/crm-deal-details-configuration-set
crm.deal.fields	2	crm	fields	r	any	d				object			crm.item.fields		crm/deals/crm-deal-fields
crm.deal.get	2	crm	get	r	rights	d				object	id:integer!		crm.item.get		crm/deals/crm-deal-get
crm.deal.list	2	crm	list	r	rights	d	start	ID:ID		deal[]	select:string[] filter:object order:object start:integer		crm.item.list		crm/deals/crm-deal-list
crm.deal.productrows.get	2	crm	get	r	rights	d				productrow[]	id:integer!				crm/deals/crm-deal-productrows-get
crm.deal.productrows.set	2	crm	other	w	rights	d				boolean	id:integer! rows:object[]				crm/deals/crm-deal-productrows-set
crm.deal.recurring.add	2	crm	add	w	rights					integer	fields:object!				crm/deals/recurring-deals/crm-deal-recurring-add
crm.deal.recurring.delete	2	crm	delete	w	rights					boolean	id:integer!				crm/deals/recurring-deals/crm-deal-recurring-delete
crm.deal.recurring.expose	2	crm	other	w	rights					object	id:integer!				crm/deals/recurring-deals/crm-deal-recurring-expose
crm.deal.recurring.fields	2	crm	fields	r	rights					object					crm/deals/recurring-deals/crm-deal-recurring-fields
crm.deal.recurring.get	2	crm	get	r	rights					object	id:integer!				crm/deals/recurring-deals/crm-deal-recurring-get
crm.deal.recurring.list	2	crm	list	r	rights		start			recurring_deal[]	order:object filter:object start:integer				crm/deals/recurring-deals/crm-deal-recurring-list
crm.deal.recurring.update	2	crm	update	w	rights					boolean	id:integer! fields:object				crm/deals/recurring-deals/crm-deal-recurring-update
crm.deal.update	2	crm	update	w	rights	d				boolean	id:integer! fields:object params:object		crm.item.update		crm/deals/crm-deal-update
crm.deal.userfield.add	2	crm	add	w	crmAdmin					integer	fields:object!				crm/deals/user-defined-fields/crm-deal-userfield-add
crm.deal.userfield.delete	2	crm	delete	w	crmAdmin					boolean	id:integer!				crm/deals/user-defined-fields/crm-deal-userfield-delete
crm.deal.userfield.get	2	crm	get	r	rights					object	id:integer!				crm/deals/user-defined-fields/crm-deal-userfield-get
crm.deal.userfield.list	2	crm	list	r	rights		start			array	filter:object order:object				crm/deals/user-defined-fields/crm-deal-userfield-list
crm.deal.userfield.update	2	crm	update	w	crmAdmin					boolean	id:integer! fields:object!				crm/deals/user-defined-fields/crm-deal-userfield-update
crm.dealcategory.add	2	crm	add	w	any	d					fields:array		crm.category.add		crm/outdated/category-old/crm-deal-category-add
crm.dealcategory.default.get	2	crm	get	r	any	d									crm/outdated/category-old/crm-deal-category-default-get
crm.dealcategory.default.set	2	crm	other	w	any	d					name:string				crm/outdated/category-old/crm-deal-category-default-set
crm.dealcategory.delete	2	crm	delete	w	any	d					id:integer		crm.category.delete		crm/outdated/category-old/crm-deal-category-delete
crm.dealcategory.fields	2	crm	fields	r	any	d							crm.category.fields		crm/outdated/category-old/crm-deal-category-fields
crm.dealcategory.get	2	crm	get	r	any	d					id:integer		crm.category.get		crm/outdated/category-old/crm-deal-category-get
crm.dealcategory.list	2	crm	list	r	any	d	start				order:object filter:object select:array start:integer		crm.category.list		crm/outdated/category-old/crm-deal-category-list
crm.dealcategory.stage.list	2	crm	list	r	any	d					id:integer				crm/outdated/category-old/crm-deal-category-stage-list
crm.dealcategory.status	2	crm	other	r	any	d					id:integer				crm/outdated/category-old/crm-deal-category-status
crm.dealcategory.update	2	crm	update	w	any	d					id:integer fields:array		crm.category.update		crm/outdated/category-old/crm-deal-category-update
crm.documentgenerator.document.add	2	crm	add	w	rights				document	object	templateId:integer! entityTypeId:integer! entityId:integer! values:object stampsEnabled:integer fields:object				crm/document-generator/documents/crm-document-generator-document-add
crm.documentgenerator.document.delete	2	crm	delete	w	rights					null	id:integer!				crm/document-generator/documents/crm-document-generator-document-delete
crm.documentgenerator.document.download	2	crm	other	r		b				binary					crm/document-generator/documents/crm-document-generator-document-get
crm.documentgenerator.document.enablepublicurl	2	crm	other	w	rights					object	id:integer! status:integer				crm/document-generator/documents/crm-document-generator-document-enable-public-url
crm.documentgenerator.document.get	2	crm	get	r	rights				document	object	id:integer!				crm/document-generator/documents/crm-document-generator-document-get
crm.documentgenerator.document.getfields	2	crm	fields	r	rights				documentFields	object	id:integer! values:object				crm/document-generator/documents/crm-document-generator-document-get-fields
crm.documentgenerator.document.getImage	2	crm	other	r		b				binary					crm/document-generator/documents/crm-document-generator-document-get
crm.documentgenerator.document.getPdf	2	crm	other	r		b				binary					crm/document-generator/documents/crm-document-generator-document-get
crm.documentgenerator.document.list	2	crm	list	r	rights		start		documents	object	select:string[] filter:object order:object start:integer				crm/document-generator/documents/crm-document-generator-document-list
crm.documentgenerator.document.update	2	crm	update	w	rights				document	object	id:integer! values:object stampsEnabled:integer				crm/document-generator/documents/crm-document-generator-document-update
crm.documentgenerator.document.upload	2	crm	other	w	rights	f			document	object	fields:object!				crm/document-generator/documents/crm-document-generator-document-upload
crm.documentgenerator.numerator.add	2	crm	add	w	rights				numerator	object	fields:object!				crm/document-generator/numerator/crm-document-generator-numerator-add
crm.documentgenerator.numerator.delete	2	crm	delete	w	rights					null	id:integer!				crm/document-generator/numerator/crm-document-generator-numerator-delete
crm.documentgenerator.numerator.get	2	crm	get	r	rights				numerator	object	id:integer!				crm/document-generator/numerator/crm-document-generator-numerator-get
crm.documentgenerator.numerator.list	2	crm	list	r	rights		start		numerators	object	start:integer				crm/document-generator/numerator/crm-document-generator-numerator-list
crm.documentgenerator.numerator.update	2	crm	update	w	rights					object	id:integer! fields:object!				crm/document-generator/numerator/crm-document-generator-numerator-update
crm.documentgenerator.template.add	2	crm	add	w	rights	fm			template	object	fields:object!				crm/document-generator/templates/crm-document-generator-template-add
crm.documentgenerator.template.delete	2	crm	delete	w	rights					null	id:integer!				crm/document-generator/templates/crm-document-generator-template-delete
crm.documentgenerator.template.download	2	crm	other	r		b				binary					crm/document-generator/templates/crm-document-generator-template-get
crm.documentgenerator.template.get	2	crm	get	r	rights				template	object	id:integer!				crm/document-generator/templates/crm-document-generator-template-get
crm.documentgenerator.template.getfields	2	crm	fields	r	rights				templateFields	object	id:integer! entityTypeId:integer! entityId:integer values:object				crm/document-generator/templates/crm-document-generator-template-get-fields
crm.documentgenerator.template.list	2	crm	list	r	rights		start		templates	object	select:array filter:object order:object start:integer				crm/document-generator/templates/crm-document-generator-template-list
crm.documentgenerator.template.update	2	crm	update	w	rights	fm			template	object	id:integer! fields:object!				crm/document-generator/templates/crm-document-generator-template-update
crm.duplicate.findbycomm	2	crm	other	r	rights					object	type:string! values:string[]! entity_type:string				crm/duplicates/crm-duplicate-find-by-comm
crm.duplicate.volatileType.fields	2	crm	fields	r	crmAdmin					array	entityTypeId:integer				crm/duplicates/volatile-type/crm-duplicate-volatile-type-fields
crm.duplicate.volatileType.list	2	crm	list	r	crmAdmin					array					crm/duplicates/volatile-type/crm-duplicate-volatile-type-list
crm.duplicate.volatileType.register	2	crm	other	w	crmAdmin				id	object	entityTypeId:integer! fieldCode:string!				crm/duplicates/volatile-type/crm-duplicate-volatile-type-register
crm.duplicate.volatileType.unregister	2	crm	other	w	crmAdmin					boolean	id:integer!				crm/duplicates/volatile-type/crm-duplicate-volatile-type-unregister
crm.entity.mergeBatch	2	crm	other	w	rights					object	params:object!				crm/duplicates/crm-entity-merge-batch
crm.enum.activitydirection	2	crm	other	r	any	d				array					crm/auxiliary/enum/outdated/crm-enum-activity-direction
crm.enum.activitynotifytype	2	crm	other	r	any	d				array					crm/auxiliary/enum/outdated/crm-enum-activity-notify-type
crm.enum.activitypriority	2	crm	other	r	any	d				array					crm/auxiliary/enum/outdated/crm-enum-activity-priority
crm.enum.activitystatus	2	crm	other	r	any	d				array					crm/auxiliary/enum/outdated/crm-enum-activity-status
crm.enum.activitytype	2	crm	other	r	any	d				array					crm/auxiliary/enum/outdated/crm-enum-activity-type
crm.enum.addresstype	2	crm	other	r	any					array					crm/auxiliary/enum/crm-enum-address-type
crm.enum.contenttype	2	crm	other	r	any	d				array					crm/auxiliary/enum/outdated/crm-enum-content-type
crm.enum.fields	2	crm	fields	r	any					object					crm/auxiliary/enum/crm-enum-fields
crm.enum.getorderownertypes	2	crm	other	r	any					array					crm/auxiliary/enum/crm-enum-get-order-owner-types
crm.enum.ownertype	2	crm	other	r	any					array					crm/auxiliary/enum/crm-enum-owner-type
crm.enum.settings.mode	2	crm	other	r	any					array					crm/auxiliary/enum/crm-enum-settings-mode
crm.invoice.add	2	crm	add	w	any	d					fields:array				crm/outdated/invoice/crm-invoice-add
crm.invoice.delete	2	crm	delete	w	any	d					id:integer				crm/outdated/invoice/crm-invoice-delete
crm.invoice.fields	2	crm	fields	r	any	d									crm/outdated/invoice/crm-invoice-fields
crm.invoice.get	2	crm	get	r	any	d					id:integer				crm/outdated/invoice/crm-invoice-get
crm.invoice.getexternallink	2	crm	other	w	any	d					id:integer				crm/outdated/invoice/crm-invoice-get-external-link
crm.invoice.list	2	crm	list	r	any	d	start	ID:ID			filter:object order:object				crm/outdated/invoice/crm-invoice-list
crm.invoice.recurring.add	2	crm	add	w	any	d					fields:array				crm/outdated/invoice/crm-invoice-recurring-add
crm.invoice.recurring.delete	2	crm	delete	w	any	d					id:integer				crm/outdated/invoice/crm-invoice-recurring-delete
crm.invoice.recurring.expose	2	crm	other	w	any	d					id:integer				crm/outdated/invoice/crm-invoice-recurring-expose
crm.invoice.recurring.fields	2	crm	fields	r	any	d									crm/outdated/invoice/crm-invoice-recurring-fields
crm.invoice.recurring.get	2	crm	get	r	any	d					id:integer				crm/outdated/invoice/crm-invoice-recurring-get
crm.invoice.recurring.list	2	crm	list	r	any	d	start				order:object filter:object select:array start:integer				crm/outdated/invoice/crm-invoice-recurring-list
crm.invoice.recurring.update	2	crm	update	w	any	d					id:integer fields:array				crm/outdated/invoice/crm-invoice-recurring-update
crm.invoice.status.add	2	crm	add	w	any	d					fields:array!				crm/outdated/invoice-status-old/crm-invoice-status-add
crm.invoice.status.delete	2	crm	delete	w	any	d					id:integer!				crm/outdated/invoice-status-old/crm-invoice-status-delete
crm.invoice.status.fields	2	crm	fields	r	any	d									crm/outdated/invoice-status-old/crm-invoice-status-fields
crm.invoice.status.get	2	crm	get	r	any	d					id:integer!				crm/outdated/invoice-status-old/crm-invoice-status-get
crm.invoice.status.list	2	crm	list	r	any	d	start				order:object filter:object select:array start:integer				crm/outdated/invoice-status-old/crm-invoice-status-list
crm.invoice.status.update	2	crm	update	w	any	d					id:integer! fields:array!				crm/outdated/invoice-status-old/crm-invoice-status-update
crm.invoice.update	2	crm	update	w	any	d					id:integer fields:array				crm/outdated/invoice/crm-invoice-update
crm.invoice.userfield.add	2	crm	add	w	any	d					fields:any LIST:any?				crm/outdated/invoice/crm-invoice-user-field-add
crm.invoice.userfield.delete	2	crm	delete	w	any	d					id:integer				crm/outdated/invoice/crm-invoice-user-field-delete
crm.invoice.userfield.get	2	crm	get	r	any	d					id:integer				crm/outdated/invoice/crm-invoice-user-field-get
crm.invoice.userfield.list	2	crm	list	r	any	d					order:object filter:object				crm/outdated/invoice/crm-invoice-user-field-list
crm.invoice.userfield.update	2	crm	update	w	any	d					id:string fields:object LIST:any?				crm/outdated/invoice/crm-invoice-user-field-update
crm.item.add	2	crm	add	w	rights	f			item	object	entityTypeId:integer! fields:object! useOriginalUfNames:boolean				crm/universal/crm-item-add
crm.item.batchImport	2	crm	other	w	rights				items	object	entityTypeId:integer! data:array! useOriginalUfNames:boolean				crm/universal/import/crm-item-batch-import
crm.item.delete	2	crm	delete	w	rights					array	entityTypeId:integer! id:integer!				crm/universal/crm-item-delete
crm.item.delivery.get	2	crm	get	r	rights					object	id:sale_order_shipment.id!				crm/universal/delivery/crm-item-delivery-get
crm.item.delivery.list	2	crm	list	r	rights					array	entityId:integer! entityTypeId:integer! filter:object order:object				crm/universal/delivery/crm-item-delivery-list
crm.item.details.configuration.forceCommonScopeForAll	2	crm	other	w	admin					boolean	entityTypeId:integer! extras:object				crm/universal/item-details-configuration/crm-item-details-configuration-forceCommonScopeForAll
crm.item.details.configuration.get	2	crm	get	r	rights					section[]|null	entityTypeId:integer! userId:user? scope:string extras:object				crm/universal/item-details-configuration/crm-item-details-configuration-get
crm.item.details.configuration.reset	2	crm	other	w	rights					boolean	entityTypeId:integer! userId:user? scope:string extras:object				crm/universal/item-details-configuration/crm-item-details-configuration-reset
crm.item.details.configuration.set	2	crm	other	w	rights					boolean	entityTypeId:integer! data:section[]! userId:user? scope:string extras:object				crm/universal/item-details-configuration/crm-item-details-configuration-set
crm.item.fields	2	crm	fields	r	rights				fields	object	entityTypeId:integer! useOriginalUfNames:boolean				crm/universal/crm-item-fields
crm.item.get	2	crm	get	r	rights				item	object	entityTypeId:integer! id:integer! useOriginalUfNames:boolean				crm/universal/crm-item-get
crm.item.import	2	crm	other	w	rights	f			item	object	entityTypeId:integer! fields:object! useOriginalUfNames:boolean				crm/universal/import/crm-item-import
crm.item.list	2	crm	list	r	rights		start	id:id	items	object	entityTypeId:integer! select:array filter:object order:object start:integer useOriginalUfNames:boolean				crm/universal/crm-item-list
crm.item.payment.add	2	crm	add	w	rights					integer	entityId:integer! entityTypeId:integer!				crm/universal/payment/crm-item-payment-add
crm.item.payment.delete	2	crm	delete	w	rights					boolean	id:sale_order_payment.id!				crm/universal/payment/crm-item-payment-delete
crm.item.payment.delivery.add	2	crm	add	w	rights					integer	paymentId:sale_order_payment.id! deliveryId:sale_order_shipment.id!				crm/universal/payment/delivery-in-payment/crm-item-payment-delivery-add
crm.item.payment.delivery.delete	2	crm	delete	w	rights					boolean	id:integer!				crm/universal/payment/delivery-in-payment/crm-item-payment-delivery-delete
crm.item.payment.delivery.list	2	crm	list	r	rights					crm_item_payment_delivery[]	paymentId:sale_order_payment.id! filter:object! order:object				crm/universal/payment/delivery-in-payment/crm-item-payment-delivery-list
crm.item.payment.delivery.setDelivery	2	crm	other	w	rights					boolean	id:integer! deliveryId:sale_order_shipment.id!				crm/universal/payment/delivery-in-payment/crm-item-payment-delivery-set-delivery
crm.item.payment.get	2	crm	get	r	rights					object	id:sale_order_payment.id!				crm/universal/payment/crm-item-payment-get
crm.item.payment.list	2	crm	list	r	rights					sale_order_payment_crm_simple[]	entityId:integer! entityTypeId:integer! filter:object order:object				crm/universal/payment/crm-item-payment-list
crm.item.payment.pay	2	crm	other	w	rights					boolean	id:sale_order_payment.id!				crm/universal/payment/crm-item-payment-pay
crm.item.payment.product.add	2	crm	add	w	rights					integer	paymentId:sale_order_payment.id! rowId:integer! quantity:double!				crm/universal/payment/products-in-payment/crm-item-payment-product-add
crm.item.payment.product.delete	2	crm	delete	w	rights					boolean	id:integer!				crm/universal/payment/products-in-payment/crm-item-payment-product-delete
crm.item.payment.product.list	2	crm	list	r	rights					crm_item_payment_product[]	paymentId:sale_order_payment.id! filter:object! order:object				crm/universal/payment/products-in-payment/crm-item-payment-product-list
crm.item.payment.product.setQuantity	2	crm	other	w	rights					boolean	id:integer! quantity:double!				crm/universal/payment/products-in-payment/crm-item-payment-product-set-quantity
crm.item.payment.unpay	2	crm	other	w	rights					boolean	id:sale_order_payment.id!				crm/universal/payment/crm-item-payment-unpay
crm.item.payment.update	2	crm	update	w	rights					boolean	id:sale_order_payment.id! fields:object!				crm/universal/payment/crm-item-payment-update
crm.item.productrow.add	2	crm	add	w	rights				productRow	object	fields:object!				crm/universal/product-rows/crm-item-productrow-add
crm.item.productrow.delete	2	crm	delete	w	rights					any	id:crm_item_product_row.id!				crm/universal/product-rows/crm-item-productrow-delete
crm.item.productrow.fields	2	crm	fields	r	any				fields	object					crm/universal/product-rows/crm-item-productrow-fields
crm.item.productrow.get	2	crm	get	r	rights				productRow	object	id:crm_item_product_row.id!				crm/universal/product-rows/crm-item-productrow-get
crm.item.productrow.getAvailableForPayment	2	crm	other	r	rights				productRows	object	ownerId:integer! ownerType:string!				crm/universal/product-rows/crm-item-productrow-get-available-for-payment
crm.item.productrow.list	2	crm	list	r	rights		start		productRows	object	filter:object! order:object start:integer				crm/universal/product-rows/crm-item-productrow-list
crm.item.productrow.set	2	crm	other	w	rights				productRows	object	ownerId:integer! ownerType:string! productRows:object[]!				crm/universal/product-rows/crm-item-productrow-set
crm.item.productrow.update	2	crm	update	w	rights				productRow	object	id:crm_item_product_row.id! fields:object!				crm/universal/product-rows/crm-item-productrow-update
crm.item.update	2	crm	update	w	rights	f			item	object	entityTypeId:integer! id:integer! fields:object! useOriginalUfNames:boolean				crm/universal/crm-item-update
crm.lead.add	2	crm	add	w	rights	df				integer	fields:object params:object		crm.item.add		crm/leads/crm-lead-add
crm.lead.contact.add	2	crm	add	w	any					boolean	id:integer! fields:object!				crm/leads/management-communication/crm-lead-contact-add
crm.lead.contact.delete	2	crm	delete	w	any					boolean	id:integer! fields:object!				crm/leads/management-communication/crm-lead-contact-delete
crm.lead.contact.fields	2	crm	fields	r	any					object					crm/leads/management-communication/crm-lead-contact-fields
crm.lead.contact.items.delete	2	crm	delete	w	any					boolean	id:integer!				crm/leads/management-communication/crm-lead-contact-items-delete
crm.lead.contact.items.get	2	crm	get	r	any					array	id:integer!				crm/leads/management-communication/crm-lead-contact-items-get
crm.lead.contact.items.set	2	crm	other	w	any					boolean	id:integer! items:object!				crm/leads/management-communication/crm-lead-contact-items-set
crm.lead.delete	2	crm	delete	w	rights	d				boolean	id:integer!		crm.item.delete		crm/leads/crm-lead-delete
crm.lead.details.configuration.forceCommonScopeForAll	2	crm	other	w	rights	d				boolean	extras:object		crm.item.details.configuration.forceCommonScopeForAll		crm/leads/custom-form/crm-lead-details-configuration-force-common-scope-for-all
crm.lead.details.configuration.get	2	crm	get	r	rights	d				section[]|null	userId:user? scope:string extras:object		crm.item.details.configuration.get		crm/leads/custom-form/crm-lead-details-configuration-get
crm.lead.details.configuration.reset	2	crm	other	w	rights	d				boolean	userId:user? scope:string extras:object		crm.item.details.configuration.reset		crm/leads/custom-form/crm-lead-details-configuration-reset
crm.lead.details.configuration.set	2	crm	other	w	rights	d				boolean	data:section[]! userId:user? scope:string extras:object		crm.item.details.configuration.set		crm/leads/custom-form/crm-lead-details-configuration-set
crm.lead.fields	2	crm	fields	r	any	d				object			crm.item.fields		crm/leads/crm-lead-fields
crm.lead.get	2	crm	get	r	rights	d				object	id:integer!		crm.item.get		crm/leads/crm-lead-get
crm.lead.list	2	crm	list	r	rights	d	start	ID:ID		array	select:array filter:object order:object start:integer		crm.item.list		crm/leads/crm-lead-list
crm.lead.productrows.get	2	crm	get	r	rights	d				productrow[]	id:integer!				crm/leads/crm-lead-productrows-get
crm.lead.productrows.set	2	crm	other	w	rights	d				boolean	id:integer! rows:object[]				crm/leads/crm-lead-productrows-set
crm.lead.update	2	crm	update	w	rights	d				boolean	id:integer! fields:object params:object		crm.item.update		crm/leads/crm-lead-update
crm.lead.userfield.add	2	crm	add	w	crmAdmin					integer	fields:object!				crm/leads/userfield/crm-lead-userfield-add
crm.lead.userfield.delete	2	crm	delete	w	crmAdmin					boolean	id:integer!				crm/leads/userfield/crm-lead-userfield-delete
crm.lead.userfield.get	2	crm	get	r	rights					object	id:integer!				crm/leads/userfield/crm-lead-userfield-get
crm.lead.userfield.list	2	crm	list	r	rights		start			array	filter:object order:object				crm/leads/userfield/crm-lead-userfield-list
crm.lead.userfield.update	2	crm	update	w	crmAdmin					boolean	id:integer! fields:object!				crm/leads/userfield/crm-lead-userfield-update
crm.measure.add	2	crm	add	w	any	d					fields:array!		catalog.measure.add		crm/outdated/measure/crm-measure-add
crm.measure.delete	2	crm	delete	w	any	d					id:string!		catalog.measure.delete		crm/outdated/measure/crm-measure-delete
crm.measure.fields	2	crm	fields	r	any	d							catalog.measure.getFields		crm/outdated/measure/crm-measure-fields
crm.measure.get	2	crm	get	r	any	d					id:string!		catalog.measure.get		crm/outdated/measure/crm-measure-get
crm.measure.list	2	crm	list	r	any	d	start				order:object filter:object select:array start:integer		catalog.measure.list		crm/outdated/measure/crm-measure-list
crm.measure.update	2	crm	update	w	any	d					id:string! fields:array		catalog.measure.update		crm/outdated/measure/crm-measure-update
crm.multifield.fields	2	crm	fields	r	any					object					crm/auxiliary/multifield/crm-multifield-fields
crm.orderentity.add	2	crm	add	w	rights				dealOrder	object	fields:object!				crm/universal/order-entity/crm-order-entity-add
crm.orderentity.deletebyfilter	2	crm	other	w	rights					boolean	fields:object!				crm/universal/order-entity/crm-order-entity-delete-by-filter
crm.orderentity.getFields	2	crm	fields	r	rights				orderEntity	object					crm/universal/order-entity/crm-order-entity-get-fields
crm.orderentity.list	2	crm	list	r	rights		start		orderEntity	object	select:array filter:object order:object start:integer				crm/universal/order-entity/crm-order-entity-list
crm.paysystem.fields	2	crm	fields	r	any	d									crm/outdated/invoice/crm-pay-system-fields
crm.paysystem.list	2	crm	list	r	any	d					order:object filter:object				crm/outdated/invoice/crm-pay-system-list
crm.persontype.fields	2	crm	fields	r	any	d									crm/outdated/invoice/crm-person-type-fields
crm.persontype.list	2	crm	list	r	any	d					order:object filter:object				crm/outdated/invoice/crm-person-type-list
crm.product.add	2	crm	add	w	crmAdmin	d					fields:array		catalog.product.add		crm/outdated/products/crm-product-add
crm.product.delete	2	crm	delete	w	crmAdmin	d					id:integer		catalog.product.delete		crm/outdated/products/crm-product-delete
crm.product.fields	2	crm	fields	r	any	d							catalog.product.getFieldsByFilter		crm/outdated/products/crm-product-fields
crm.product.get	2	crm	get	r	any	d					id:integer		catalog.product.get		crm/outdated/products/crm-product-get
crm.product.list	2	crm	list	r	any	d	start	ID:ID			order:object filter:object select:array start:integer		catalog.product.list		crm/outdated/products/crm-product-list
crm.product.property.add	2	crm	add	w	crmAdmin	d					fields:array		catalog.productProperty.add		crm/outdated/products/crm-product-property-add
crm.product.property.delete	2	crm	delete	w	crmAdmin	d					id:integer		catalog.productProperty.delete		crm/outdated/products/crm-product-property-delete
crm.product.property.enumeration.fields	2	crm	fields	r	any	d									crm/outdated/products/crm-product-property-enumeration-fields
crm.product.property.fields	2	crm	fields	r	any	d							catalog.productProperty.getFields		crm/outdated/products/crm-product-property-fields
crm.product.property.get	2	crm	get	r	any	d					id:integer		catalog.productProperty.get		crm/outdated/products/crm-product-property-get
crm.product.property.list	2	crm	list	r	any	d					order:object filter:object		catalog.productProperty.list		crm/outdated/products/crm-product-property-list
crm.product.property.settings.fields	2	crm	fields	r	any	d					propertyType:string userType:string				crm/outdated/products/crm-product-property-settings-fields
crm.product.property.types	2	crm	other	r	any	d									crm/outdated/products/crm-product-property-types
crm.product.property.update	2	crm	update	w	crmAdmin	d					id:integer fields:array		catalog.productProperty.update		crm/outdated/products/crm-product-property-update
crm.product.update	2	crm	update	w	crmAdmin	d					id:integer fields:array		catalog.product.update		crm/outdated/products/crm-product-update
crm.productrow.fields	2	crm	fields	r	any	d							crm.item.productrow.fields		crm/outdated/productrow-old/crm-productrow-fields
crm.productrow.list	2	crm	list	r	any	d	start	ID:ID			order:object filter:object select:array start:integer		crm.item.productrow.list		crm/outdated/productrow-old/crm-productrow-list
crm.productsection.add	2	crm	add	w	any	d					fields:array!		catalog.section.add		crm/outdated/product-section/crm-product-section-add
crm.productsection.delete	2	crm	delete	w	any	d					id:integer!		catalog.section.delete		crm/outdated/product-section/crm-product-section-delete
crm.productsection.fields	2	crm	fields	r	any	d							catalog.section.getFields		crm/outdated/product-section/crm-product-section-fields
crm.productsection.get	2	crm	get	r	any	d					id:integer!		catalog.section.get		crm/outdated/product-section/crm-product-section-get
crm.productsection.list	2	crm	list	r	any	d					select:array filter:object order:object		catalog.section.list		crm/outdated/product-section/crm-product-section-list
crm.productsection.update	2	crm	update	w	any	d					id:integer! fields:array		catalog.section.update		crm/outdated/product-section/crm-product-section-update
crm.quote.add	2	crm	add	w	rights	d				integer	fields:object! params:object		crm.item.add		crm/quote/crm-quote-add
crm.quote.contact.add	2	crm	add	w	rights					boolean	id:integer! fields:object!				crm/quote/contacts/crm-quote-contact-add
crm.quote.contact.delete	2	crm	delete	w	rights					boolean	id:integer! fields:object!				crm/quote/contacts/crm-quote-contact-delete
crm.quote.contact.fields	2	crm	fields	r	any					object					crm/quote/contacts/crm-quote-contact-fields
crm.quote.contact.items.delete	2	crm	delete	w	rights					boolean	id:integer!				crm/quote/contacts/crm-quote-contact-items-delete
crm.quote.contact.items.get	2	crm	get	r	rights					quote_contact_binding[]	id:integer!				crm/quote/contacts/crm-quote-contact-items-get
crm.quote.contact.items.set	2	crm	other	w	rights					boolean	id:integer! items:object[]!				crm/quote/contacts/crm-quote-contact-items-set
crm.quote.delete	2	crm	delete	w	rights	d				boolean	id:integer!		crm.item.delete		crm/quote/crm-quote-delete
crm.quote.fields	2	crm	fields	r	any	d				object			crm.item.fields		crm/quote/crm-quote-fields
crm.quote.get	2	crm	get	r	rights	d				object	id:integer!		crm.item.get		crm/quote/crm-quote-get
crm.quote.list	2	crm	list	r	rights	d	start	ID:ID		object[]	select:string[] filter:object order:object start:integer		crm.item.list		crm/quote/crm-quote-list
crm.quote.productrows.get	2	crm	get	r	rights	d				productrow[]	id:integer!				crm/quote/crm-quote-product-rows-get
crm.quote.productrows.set	2	crm	other	w	rights	d				boolean	id:integer! rows:object[]				crm/quote/crm-quote-product-rows-set
crm.quote.update	2	crm	update	w	rights	d				boolean	id:integer! fields:object params:object		crm.item.update		crm/quote/crm-quote-update
crm.quote.userfield.add	2	crm	add	w	crmAdmin					integer	fields:object!				crm/quote/user-field/crm-quote-user-field-add
crm.quote.userfield.delete	2	crm	delete	w	crmAdmin					boolean	id:integer!				crm/quote/user-field/crm-quote-user-field-delete
crm.quote.userfield.get	2	crm	get	r	rights					object	id:integer!				crm/quote/user-field/crm-quote-user-field-get
crm.quote.userfield.list	2	crm	list	r	rights		start			array	filter:object order:object				crm/quote/user-field/crm-quote-user-field-list
crm.quote.userfield.update	2	crm	update	w	crmAdmin					boolean	id:integer! fields:object!				crm/quote/user-field/crm-quote-user-field-update
crm.requisite.add	2	crm	add	w	rights					integer	fields:object!				crm/requisites/universal/crm-requisite-add
crm.requisite.bankdetail.add	2	crm	add	w	rights					integer	fields:object!				crm/requisites/bank-detail/crm-requisite-bank-detail-add
crm.requisite.bankdetail.delete	2	crm	delete	w	rights					boolean	id:integer!				crm/requisites/bank-detail/crm-requisite-bank-detail-delete
crm.requisite.bankdetail.fields	2	crm	fields	r	any					object					crm/requisites/bank-detail/crm-requisite-bank-detail-fields
crm.requisite.bankdetail.get	2	crm	get	r	rights					object	id:integer!				crm/requisites/bank-detail/crm-requisite-bank-detail-get
crm.requisite.bankdetail.list	2	crm	list	r	rights		start	ID:ID		array	select:array filter:object order:object start:integer				crm/requisites/bank-detail/crm-requisite-bank-detail-list
crm.requisite.bankdetail.update	2	crm	update	w	rights					boolean	id:integer! fields:object!				crm/requisites/bank-detail/crm-requisite-bank-detail-update
crm.requisite.delete	2	crm	delete	w	rights					boolean	id:integer!				crm/requisites/universal/crm-requisite-delete
crm.requisite.fields	2	crm	fields	r	any					object					crm/requisites/universal/crm-requisite-fields
crm.requisite.get	2	crm	get	r	rights					object	id:integer!				crm/requisites/universal/crm-requisite-get
crm.requisite.link.fields	2	crm	fields	r	any					object					crm/requisites/links/crm-requisite-link-fields
crm.requisite.link.get	2	crm	get	r	rights					object	entityTypeId:integer! entityId:integer!				crm/requisites/links/crm-requisite-link-get
crm.requisite.link.list	2	crm	list	r	rights		start			array	select:array filter:object order:object start:integer				crm/requisites/links/crm-requisite-link-list
crm.requisite.link.register	2	crm	other	w	rights					boolean	fields:object!				crm/requisites/links/crm-requisite-link-register
crm.requisite.link.unregister	2	crm	other	w	rights					boolean	entityTypeId:integer! entityId:integer!				crm/requisites/links/crm-requisite-link-unregister
crm.requisite.list	2	crm	list	r	rights		start	ID:ID		array	select:array filter:object order:object start:integer				crm/requisites/universal/crm-requisite-list
crm.requisite.preset.add	2	crm	add	w	rights					integer	fields:object!				crm/requisites/presets/crm-requisite-preset-add
crm.requisite.preset.countries	2	crm	other	r	any					array					crm/requisites/presets/crm-requisite-preset-countries
crm.requisite.preset.delete	2	crm	delete	w	rights					boolean	id:integer!				crm/requisites/presets/crm-requisite-preset-delete
crm.requisite.preset.field.add	2	crm	add	w	rights					integer	preset:object! fields:object!				crm/requisites/presets/fields/crm-requisite-preset-field-add
crm.requisite.preset.field.availabletoadd	2	crm	other	r	any					array	preset:object!				crm/requisites/presets/fields/crm-requisite-preset-field-available-to-add
crm.requisite.preset.field.delete	2	crm	delete	w	rights					boolean	id:integer! preset:object!				crm/requisites/presets/fields/crm-requisite-preset-field-delete
crm.requisite.preset.field.fields	2	crm	fields	r	any					object					crm/requisites/presets/fields/crm-requisite-preset-field-fields
crm.requisite.preset.field.get	2	crm	get	r	rights					object	id:integer! preset:object!				crm/requisites/presets/fields/crm-requisite-preset-field-get
crm.requisite.preset.field.list	2	crm	list	r	rights					array	preset:object!				crm/requisites/presets/fields/crm-requisite-preset-field-list
crm.requisite.preset.field.update	2	crm	update	w	rights					boolean	id:integer! preset:object! fields:object!				crm/requisites/presets/fields/crm-requisite-preset-field-update
crm.requisite.preset.fields	2	crm	fields	r	any					object					crm/requisites/presets/crm-requisite-preset-fields
crm.requisite.preset.get	2	crm	get	r	rights					object	id:integer!				crm/requisites/presets/crm-requisite-preset-get
crm.requisite.preset.list	2	crm	list	r	rights		start			array	select:array filter:object order:object start:integer				crm/requisites/presets/crm-requisite-preset-list
crm.requisite.preset.update	2	crm	update	w	rights					boolean	id:integer! fields:array!				crm/requisites/presets/crm-requisite-preset-update
crm.requisite.update	2	crm	update	w	rights					boolean	id:integer! fields:object!				crm/requisites/universal/crm-requisite-update
crm.requisite.userfield.add	2	crm	add	w	crmAdmin					integer	fields:object!				crm/requisites/user-fields/crm-requisite-userfield-add
crm.requisite.userfield.delete	2	crm	delete	w	crmAdmin					boolean	id:integer!				crm/requisites/user-fields/crm-requisite-userfield-delete
crm.requisite.userfield.get	2	crm	get	r	rights					object	id:integer!				crm/requisites/user-fields/crm-requisite-userfield-get
crm.requisite.userfield.list	2	crm	list	r	rights		start			array	order:object filter:object				crm/requisites/user-fields/crm-requisite-userfield-list
crm.requisite.userfield.update	2	crm	update	w	crmAdmin					boolean	id:integer! fields:object!				crm/requisites/user-fields/crm-requisite-userfield-update
crm.settings.mode.get	2	crm	get	r	any					integer					crm/crm-settings-mode-get
crm.stagehistory.list	2	crm	list	r	any		start	ID:ID	items	object	entityTypeId:integer order:object filter:object select:object start:integer				crm/crm-stage-history-list
crm.status.add	2	crm	add	w	crmAdmin					integer	fields:object!				crm/status/crm-status-add
crm.status.delete	2	crm	delete	w	crmAdmin					boolean	id:integer! params:string				crm/status/crm-status-delete
crm.status.entity.items	2	crm	other	r	any					array	entityId:string!				crm/status/crm-status-entity-items
crm.status.entity.types	2	crm	other	r	any					array					crm/status/crm-status-entity-types
crm.status.fields	2	crm	fields	r	any					object					crm/status/crm-status-fields
crm.status.get	2	crm	get	r	rights					object	id:integer!				crm/status/crm-status-get
crm.status.list	2	crm	list	r	rights		start			array	order:object filter:object				crm/status/crm-status-list
crm.status.update	2	crm	update	w	crmAdmin					boolean	id:integer! fields:object!				crm/status/crm-status-update
crm.timeline.bindings.bind	2	crm	other	w	any					boolean	fields:object!				crm/timeline/bindings/crm-timeline-bindings-bind
crm.timeline.bindings.fields	2	crm	fields	r	any					object					crm/timeline/bindings/crm-timeline-bindings-fields
crm.timeline.bindings.list	2	crm	list	r	any		start			array	filter:object!				crm/timeline/bindings/crm-timeline-bindings-list
crm.timeline.bindings.unbind	2	crm	other	w	any					boolean	fields:object!				crm/timeline/bindings/crm-timeline-bindings-unbind
crm.timeline.comment.add	2	crm	add	w	any	f				integer	fields:object!				crm/timeline/comments/crm-timeline-comment-add
crm.timeline.comment.delete	2	crm	delete	w	any					null	id:integer! ownerTypeId:integer ownerId:integer				crm/timeline/comments/crm-timeline-comment-delete
crm.timeline.comment.fields	2	crm	fields	r	any					object					crm/timeline/comments/crm-timeline-comment-fields
crm.timeline.comment.get	2	crm	get	r	any					object	id:integer!				crm/timeline/comments/crm-timeline-comment-get
crm.timeline.comment.list	2	crm	list	r	rights		start			array	select:array filter:object! order:object start:integer				crm/timeline/comments/crm-timeline-comment-list
crm.timeline.comment.update	2	crm	update	w	any					integer	id:integer! fields:object! ownerTypeId:integer ownerId:integer				crm/timeline/comments/crm-timeline-comment-update
crm.timeline.icon.add	2	crm	add	w	admin	f			icon	object	code:string! fileContent:string!				crm/timeline/logmessage/icons/crm-timeline-icon-add
crm.timeline.icon.delete	2	crm	delete	w	admin					boolean	code:string!				crm/timeline/logmessage/icons/crm-timeline-icon-delete
crm.timeline.icon.get	2	crm	get	r	any				icon	object	code:string!				crm/timeline/logmessage/icons/crm-timeline-icon-get
crm.timeline.icon.list	2	crm	list	r	any		start		icons	object					crm/timeline/logmessage/icons/crm-timeline-icon-list
crm.timeline.item.pin	2	crm	other	w	rights					null	id:integer! ownerTypeId:integer! ownerId:integer!				crm/timeline/actions/crm-timeline-item-pin
crm.timeline.item.unpin	2	crm	other	w	rights					null	id:integer! ownerTypeId:integer! ownerId:integer!				crm/timeline/actions/crm-timeline-item-unpin
crm.timeline.layout.blocks.delete	2	crm	delete	w	rights	a			success	object	entityTypeId:integer! entityId:integer! timelineId:integer!				crm/timeline/layout-blocks/crm-timeline-layout-blocks-delete
crm.timeline.layout.blocks.get	2	crm	get	r	rights	a			layout	object	entityTypeId:integer! entityId:integer! timelineId:integer!				crm/timeline/layout-blocks/crm-timeline-layout-blocks-get
crm.timeline.layout.blocks.set	2	crm	other	w	rights	a			success	object	entityTypeId:integer! entityId:integer! timelineId:integer! layout:RestAppLayoutDto!				crm/timeline/layout-blocks/crm-timeline-layout-blocks-set
crm.timeline.logmessage.add	2	crm	add	w	rights				logMessage	object	fields:object!				crm/timeline/logmessage/crm-timeline-logmessage-add
crm.timeline.logmessage.delete	2	crm	delete	w	rights					boolean	id:integer!				crm/timeline/logmessage/crm-timeline-logmessage-delete
crm.timeline.logmessage.get	2	crm	get	r	rights				logMessage	object	id:integer!				crm/timeline/logmessage/crm-timeline-logmessage-get
crm.timeline.logmessage.list	2	crm	list	r	rights		start			array	entityTypeId:integer! entityId:integer! order:object start:integer				crm/timeline/logmessage/crm-timeline-logmessage-list
crm.timeline.logo.add	2	crm	add	w	admin	f			logo	object	code:string! fileContent:string!				crm/timeline/logmessage/logo/crm-timeline-logo-add
crm.timeline.logo.delete	2	crm	delete	w	admin					boolean	code:string!				crm/timeline/logmessage/logo/crm-timeline-logo-delete
crm.timeline.logo.get	2	crm	get	r	any				logo	object	code:string!				crm/timeline/logmessage/logo/crm-timeline-logo-get
crm.timeline.logo.list	2	crm	list	r	any		start		logos	object					crm/timeline/logmessage/logo/crm-timeline-logo-list
crm.timeline.note.delete	2	crm	delete	w	any					boolean	ownerTypeId:integer! ownerId:integer! itemType:integer! itemId:integer!				crm/timeline/note/crm-timeline-note-delete
crm.timeline.note.get	2	crm	get	r	any					object	ownerTypeId:integer! ownerId:integer! itemType:integer! itemId:integer!				crm/timeline/note/crm-timeline-note-get
crm.timeline.note.save	2	crm	other	w	any					boolean	ownerTypeId:integer! ownerId:integer! itemType:integer! itemId:integer! text:string!				crm/timeline/note/crm-timeline-note-save
crm.tracking.trace.add	2	crm	add	w	rights					integer	TRACE:string! ENTITIES:object[]				crm/tracking/crm-tracking-trace-add
crm.tracking.trace.delete	2	crm	delete	w	rights					null	id:integer!				crm/tracking/crm-tracking-trace-delete
crm.type.add	2	crm	add	w	crmAdmin				type	object	fields:object!				crm/universal/user-defined-object-types/crm-type-add
crm.type.delete	2	crm	delete	w	crmAdmin					array	id:integer!				crm/universal/user-defined-object-types/crm-type-delete
crm.type.fields	2	crm	fields	r	crmAdmin				fields	object					crm/universal/user-defined-object-types/crm-type-fields
crm.type.get	2	crm	get	r	rights				type	object	id:integer!				crm/universal/user-defined-object-types/crm-type-get
crm.type.getByEntityTypeId	2	crm	other	r	rights				type	object	entityTypeId:integer!				crm/universal/user-defined-object-types/crm-type-get-by-entity-type-id
crm.type.list	2	crm	list	r	crmAdmin		start		types	object	order:object filter:object start:integer				crm/universal/user-defined-object-types/crm-type-list
crm.type.update	2	crm	update	w	crmAdmin				type	object	id:integer! fields:object				crm/universal/user-defined-object-types/crm-type-update
crm.userfield.enumeration.fields	2	crm	fields	r	any					object					crm/universal/user-defined-fields/crm-userfield-enumeration-fields
crm.userfield.fields	2	crm	fields	r	any					object					crm/universal/user-defined-fields/crm-userfield-fields
crm.userfield.settings.fields	2	crm	fields	r	any					object	type:string!				crm/universal/user-defined-fields/crm-userfield-settings-fields
crm.userfield.types	2	crm	other	r	any					array					crm/universal/user-defined-fields/crm-userfield-types
crm.vat.add	2	crm	add	w	crmAdmin	d				integer	fields:object!		catalog.vat.add		crm/outdated/vat/crm-vat-add
crm.vat.delete	2	crm	delete	w	crmAdmin	d				boolean	id:integer!		catalog.vat.delete		crm/outdated/vat/crm-vat-delete
crm.vat.fields	2	crm	fields	r	any	d				object			catalog.vat.getFields		crm/outdated/vat/crm-vat-fields
crm.vat.get	2	crm	get	r	any	d				object	id:integer!		catalog.vat.get		crm/outdated/vat/crm-vat-get
crm.vat.list	2	crm	list	r	any	d	start			array	order:object filter:object select:array		catalog.vat.list		crm/outdated/vat/crm-vat-list
crm.vat.update	2	crm	update	w	crmAdmin	d				integer	id:integer! fields:object!		catalog.vat.update		crm/outdated/vat/crm-vat-update
department.add	2	department	add	w	rights					integer	NAME:string! SORT:integer PARENT:integer! UF_HEAD:integer				departments/department-add
department.delete	2	department	delete	w	rights					boolean	ID:integer!				departments/department-delete
department.fields	2	department	fields	r	any					object					departments/department-fields
department.get	2	department	list	r	any		start			department[]	sort:string order:string ID:integer NAME:string SORT:integer PARENT:integer UF_HEAD:integer START:integer				departments/department-get
department.update	2	department	update	w	rights					boolean	ID:integer! NAME:string SORT:integer PARENT:integer UF_HEAD:integer				departments/department-update
disk.attachedObject.get	2	disk	get	r	rights					object	id:integer!				disk/attached-object/disk-attached-object-get
disk.file.copyTo	2	disk	other	w	rights					object	id:integer! targetFolderId:integer!				disk/file/disk-file-copy-to
disk.file.delete	2	disk	delete	w	rights					boolean	id:integer!				disk/file/disk-file-delete
disk.file.get	2	disk	get	r	rights					object	id:integer!				disk/file/disk-file-get
disk.file.getExternalLink	2	disk	other	w	rights					string	id:integer!				disk/file/disk-file-get-external-link
disk.file.getFields	2	disk	fields	r	any					object					disk/file/disk-file-get-fields
disk.file.getVersions	2	disk	other	r	rights		start			array	id:integer! filter:array start:integer				disk/file/disk-file-get-versions
disk.file.markDeleted	2	disk	other	w	rights					object	id:integer!				disk/file/disk-file-mark-deleted
disk.file.moveTo	2	disk	other	w	rights					object	id:integer! targetFolderId:integer!				disk/file/disk-file-move-to
disk.file.rename	2	disk	other	w	rights					object	id:integer! newName:string!				disk/file/disk-file-rename
disk.file.restore	2	disk	other	w	rights					object	id:integer!				disk/file/disk-file-restore
disk.file.restoreFromVersion	2	disk	other	w	rights					object	id:integer! versionId:integer!				disk/file/disk-file-restore-from-version
disk.file.search	2	disk	other	r	any		start			array	QUERY:string! TYPE:enum FILTER:object start:integer				disk/file/disk-file-search
disk.file.uploadVersion	2	disk	other	w	rights	f				object	id:integer! fileContent:array!				disk/file/disk-file-upload-version
disk.folder.addSubFolder	2	disk	other	w	rights					object	id:integer! data:array!				disk/folder/disk-folder-add-subfolder
disk.folder.copyTo	2	disk	other	w	rights					object	id:integer! targetFolderId:integer!				disk/folder/disk-folder-copy-to
disk.folder.deleteTree	2	disk	other	w	rights					boolean	id:integer!				disk/folder/disk-folder-delete-tree
disk.folder.get	2	disk	get	r	rights					object	id:integer!				disk/folder/disk-folder-get
disk.folder.getChildren	2	disk	other	r	any		start			array	id:integer! filter:array order:array start:integer				disk/folder/disk-folder-get-children
disk.folder.getExternalLink	2	disk	other	w	rights					string	id:integer!				disk/folder/disk-folder-get-external-link
disk.folder.getFields	2	disk	fields	r	any					object					disk/folder/disk-folder-get-fields
disk.folder.markDeleted	2	disk	other	w	rights					object	id:integer!				disk/folder/disk-folder-mark-deleted
disk.folder.moveTo	2	disk	other	w	rights					object	id:integer! targetFolderId:integer!				disk/folder/disk-folder-move-to
disk.folder.rename	2	disk	other	w	rights					object	id:integer! newName:string!				disk/folder/disk-folder-rename
disk.folder.restore	2	disk	other	w	admin					object	id:integer!				disk/folder/disk-folder-restore
disk.folder.shareToUser	2	disk	other	w	rights					boolean	id:integer! userId:integer! taskName:string!				disk/folder/disk-folder-share-to-user
disk.folder.uploadFile	2	disk	other	w	rights	fu				object	id:integer! data:array? fileContent:array rights:array generateUniqueName:boolean				disk/folder/disk-folder-upload-file
disk.rights.getTasks	2	disk	other	r	any					array					disk/rights/disk-rights-get-tasks
disk.storage.addFolder	2	disk	other	w	rights					object	id:integer! data:array! rights:array				disk/storage/disk-storage-add-folder
disk.storage.get	2	disk	get	r	rights					object	id:integer!				disk/storage/disk-storage-get
disk.storage.getChildren	2	disk	other	r	any		start			array	id:integer! filter:array order:array start:integer				disk/storage/disk-storage-get-children
disk.storage.getFields	2	disk	fields	r	any					object					disk/storage/disk-storage-get-fields
disk.storage.getForApp	2	disk	other	r	admin	a				object					disk/storage/disk-storage-get-for-app
disk.storage.getList	2	disk	list	r	any		start			array	filter:array order:array start:integer				disk/storage/disk-storage-get-list
disk.storage.getTypes	2	disk	other	r	any					array					disk/storage/disk-storage-get-types
disk.storage.rename	2	disk	other	w	admin	a				object	id:integer! newName:string!				disk/storage/disk-storage-rename
disk.storage.uploadFile	2	disk	other	w	rights	f				object	id:integer! data:array! fileContent:array! rights:array generateUniqueName:boolean				disk/storage/disk-storage-upload-file
disk.version.get	2	disk	get	r	rights					object	id:integer!				disk/version/disk-version-get
documentation	3	basic	other	r		r				object				rest.documentation.openapi	rest-v3
documentgenerator.api.document.getfile	2	documentgenerator	other	r		b				binary					document-generator/document-generator-document-get
documentgenerator.api.document.getimage	2	documentgenerator	other	r		b				binary					document-generator/document-generator-document-get
documentgenerator.api.document.getpdf	2	documentgenerator	other	r		b				binary					document-generator/document-generator-document-get
documentgenerator.api.document.showpdf	2	documentgenerator	other	r		b				binary					document-generator/document-generator-document-get
documentgenerator.api.template.download	2	documentgenerator	other	r		b				binary					document-generator/templates/document-generator-template-get
documentgenerator.document.add	2	documentgenerator	add	w	rights				document	object	templateId:integer! providerClassName:string value:string! values:object stampsEnabled:integer fields:object				document-generator/document-generator-document-add
documentgenerator.document.delete	2	documentgenerator	delete	w	rights					null	id:integer!				document-generator/document-generator-document-delete
documentgenerator.document.enablepublicurl	2	documentgenerator	other	w	rights					object	id:integer! status:integer				document-generator/document-generator-document-enable-public-url
documentgenerator.document.get	2	documentgenerator	get	r	rights				document	object	id:integer!				document-generator/document-generator-document-get
documentgenerator.document.getfields	2	documentgenerator	fields	r	rights				documentFields	object	id:integer! values:object				document-generator/document-generator-document-get-fields
documentgenerator.document.list	2	documentgenerator	list	r	rights		start		documents	object	select:array order:object filter:object start:integer				document-generator/document-generator-document-list
documentgenerator.document.update	2	documentgenerator	update	w	rights				document	object	id:integer! values:object stampsEnabled:integer fields:object				document-generator/document-generator-document-update
documentgenerator.numerator.add	2	documentgenerator	add	w	rights				numerator	object	fields:object!				document-generator/numerators/document-generator-numerator-add
documentgenerator.numerator.delete	2	documentgenerator	delete	w	rights					null	id:integer!				document-generator/numerators/document-generator-numerator-delete
documentgenerator.numerator.get	2	documentgenerator	get	r	rights				numerator	object	id:integer!				document-generator/numerators/document-generator-numerator-get
documentgenerator.numerator.list	2	documentgenerator	list	r	rights		start		numerators	object	start:integer				document-generator/numerators/document-generator-numerator-list
documentgenerator.numerator.update	2	documentgenerator	update	w	rights					object	id:integer! fields:object!				document-generator/numerators/document-generator-numerator-update
documentgenerator.region.add	2	documentgenerator	add	w	rights				region	object	fields:object!				document-generator/region/document-generator-region-add
documentgenerator.region.delete	2	documentgenerator	delete	w	rights					null	id:integer!				document-generator/region/document-generator-region-delete
documentgenerator.region.get	2	documentgenerator	get	r	rights				region	object	id:string!				document-generator/region/document-generator-region-get
documentgenerator.region.list	2	documentgenerator	list	r	rights				regions	object					document-generator/region/document-generator-region-list
documentgenerator.region.update	2	documentgenerator	update	w	rights				region	object	id:integer! fields:object!				document-generator/region/document-generator-region-update
documentgenerator.role.add	2	documentgenerator	add	w	rights				role	object	fields:object!				document-generator/role/document-generator-role-add
documentgenerator.role.delete	2	documentgenerator	delete	w	rights					null	id:integer!				document-generator/role/document-generator-role-delete
documentgenerator.role.fillaccesses	2	documentgenerator	other	w	rights					null	accesses:array				document-generator/role/document-generator-role-fill-accesses
documentgenerator.role.get	2	documentgenerator	get	r	rights				role	object	id:integer!				document-generator/role/document-generator-role-get
documentgenerator.role.list	2	documentgenerator	list	r	rights		start		roles	object	start:integer				document-generator/role/document-generator-role-list
documentgenerator.role.update	2	documentgenerator	update	w	rights				role	object	id:integer! fields:object!				document-generator/role/document-generator-role-update
documentgenerator.template.add	2	documentgenerator	add	w	rights	fm			template	object	fields:object!				document-generator/templates/document-generator-template-add
documentgenerator.template.delete	2	documentgenerator	delete	w	rights					null	id:integer!				document-generator/templates/document-generator-template-delete
documentgenerator.template.get	2	documentgenerator	get	r	rights				template	object	id:integer!				document-generator/templates/document-generator-template-get
documentgenerator.template.getfields	2	documentgenerator	fields	r	rights				templateFields	object	id:integer!				document-generator/templates/document-generator-template-get-fields
documentgenerator.template.list	2	documentgenerator	list	r	rights		start		templates	object	select:array order:object filter:object start:integer				document-generator/templates/document-generator-template-list
documentgenerator.template.update	2	documentgenerator	update	w	rights	fm			template	object	id:integer! fields:object!				document-generator/templates/document-generator-template-update
entity.add	2	entity	add	w	any	a				boolean	ENTITY:string! NAME:string! ACCESS:object				entity/entities/entity-add
entity.delete	2	entity	delete	w	rights	a				boolean	ENTITY:string!				entity/entities/entity-delete
entity.get	2	entity	get	r	any	a				object	ENTITY:string				entity/entities/entity-get
entity.item.add	2	entity	add	w	rights	af				integer	ENTITY:string! NAME:string PROPERTY_VALUES:object SECTION:integer DATE_ACTIVE_FROM:datetime DATE_ACTIVE_TO:datetime PREVIEW_PICTURE:file DETAIL_PICTURE:file UF_*:any				entity/items/entity-item-add
entity.item.delete	2	entity	delete	w	rights	a				boolean	ENTITY:string! ID:integer!				entity/items/entity-item-delete
entity.item.get	2	entity	list	r	any	a	start			item[]	ENTITY:string! SORT:object FILTER:object start:integer				entity/items/entity-item-get
entity.item.property.add	2	entity	add	w	rights	a				boolean	ENTITY:string! PROPERTY:string! NAME:string TYPE:string SORT:integer				entity/items/properties/entity-item-property-add
entity.item.property.delete	2	entity	delete	w	rights	a				boolean	ENTITY:string! PROPERTY:string!				entity/items/properties/entity-item-property-delete
entity.item.property.get	2	entity	get	r	any	a				array	ENTITY:string! PROPERTY:string				entity/items/properties/entity-item-property-get
entity.item.property.update	2	entity	update	w	rights	a				boolean	ENTITY:string! PROPERTY:string! PROPERTY_NEW:string NAME:string TYPE:string SORT:integer				entity/items/properties/entity-item-property-update
entity.item.update	2	entity	update	w	rights	af				boolean	ENTITY:string! ID:integer! NAME:string PROPERTY_VALUES:object SECTION:integer DATE_ACTIVE_FROM:datetime DATE_ACTIVE_TO:datetime PREVIEW_PICTURE:file DETAIL_PICTURE:file UF_*:any				entity/items/entity-item-update
entity.rights	2	entity	other	w	rights	a				object	ENTITY:string! ACCESS:object				entity/entities/entity-rights
entity.section.add	2	entity	add	w	rights	af				integer	ENTITY:string! NAME:string! SECTION:integer ACTIVE:string SORT:integer CODE:string DESCRIPTION:string PICTURE:file DETAIL_PICTURE:file UF_*:any				entity/sections/entity-section-add
entity.section.delete	2	entity	delete	w	rights	a				boolean	ENTITY:string! ID:integer!				entity/sections/entity-section-delete
entity.section.get	2	entity	list	r	any	a	start			section[]	ENTITY:string! SORT:object FILTER:object start:integer				entity/sections/entity-section-get
entity.section.update	2	entity	update	w	rights	af				boolean	ENTITY:string! ID:integer! NAME:string SECTION:integer ACTIVE:string SORT:integer CODE:string DESCRIPTION:string PICTURE:file DETAIL_PICTURE:file UF_*:any				entity/sections/entity-section-update
entity.update	2	entity	update	w	rights	a				boolean	ENTITY:string! NAME:string ENTITY_NEW:string ACCESS:object				entity/entities/entity-update
event.bind	2	basic	other	w	any	a				boolean	event:string! handler:string! auth_type:integer event_type:string auth_connector:string options:object				events/event-bind
event.get	2	basic	get	r	any	a				array					events/event-get
event.offline.clear	2	basic	other	w	admin	a				boolean	process_id:string! id:array message_id:array				events/event-offline-clear
event.offline.error	2	basic	other	w	admin	a				boolean	process_id:string! message_id:array				events/event-offline-error
event.offline.get	2	basic	get	w	admin	a				object	filter:array order:array limit:integer clear:integer process_id:string auth_connector:string error:integer				events/event-offline-get
event.offline.list	2	basic	list	r	admin	a	start			array	filter:array order:array start:integer auth_connector:string				events/event-offline-list
event.test	2	basic	other	w		a									events/test-handler
event.unbind	2	basic	other	w	any	a				object	event:string! handler:string! auth_type:integer event_type:string				events/event-unbind
events	2	basic	other	r	any	a				array	SCOPE:string FULL:boolean				events/events
feature.get	2	basic	get	r	any					object	CODE:string!				common/system/feature-get
humanresources.employee.count	3	humanresources	other	r	rights					object					departments/employee/humanresources-employee-count
humanresources.employee.field.get	3	humanresources	get	r	any				item	object	name:string! select:array				departments/employee/humanresources-employee-field-get
humanresources.employee.field.list	3	humanresources	list	r	any				items	object	select:array				departments/employee/humanresources-employee-field-list
humanresources.employee.multidepartment	3	humanresources	other	r	rights					object					departments/employee/humanresources-employee-multidepartment
humanresources.employee.search	3	humanresources	other	r	rights				items	object	name:string! nodeId:integer select:array				departments/employee/humanresources-employee-search
humanresources.employee.subordinates	3	humanresources	other	r	rights					object	id:integer!				departments/employee/humanresources-employee-subordinates
humanresources.hcmlink.company.add	2	humanresources.hcmlink	add	w	admin	a				integer	fields:object!				sign/hcm-link/humanresources-hcmlink-company-add
humanresources.hcmlink.company.delete	2	humanresources.hcmlink	delete	w	admin	a				boolean	id:integer!				sign/hcm-link/humanresources-hcmlink-company-delete
humanresources.hcmlink.company.list	2	humanresources.hcmlink	list	r	admin	a	offset			array	limit:integer offset:integer userId:integer				sign/hcm-link/humanresources-hcmlink-company-list
humanresources.hcmlink.company.update	2	humanresources.hcmlink	update	w	admin	a				boolean	id:integer! fields:object!				sign/hcm-link/humanresources-hcmlink-company-update
humanresources.hcmlink.company.user.list	2	humanresources.hcmlink	list	r	any	a	offset			array	limit:integer offset:integer				sign/hcm-link/humanresources-hcmlink-company-user-list
humanresources.hcmlink.employee.list	2	humanresources.hcmlink	list	r	admin	a	offset			array	company:string! limit:integer offset:integer updatedAt:string				sign/hcm-link/humanresources-hcmlink-employee-list
humanresources.hcmlink.employee.set	2	humanresources.hcmlink	other	w	admin	a				object	company:string! data:array! job:object				sign/hcm-link/humanresources-hcmlink-employee-set
humanresources.hcmlink.field.value.set	2	humanresources.hcmlink	other	w	admin	a				object	company:string! data:array! job:object				sign/hcm-link/humanresources-hcmlink-field-value-set
humanresources.hcmlink.job.status.get	2	humanresources.hcmlink	get	r	admin	a				object	id:integer!				sign/hcm-link/humanresources-hcmlink-job-status-get
humanresources.hcmlink.job.update	2	humanresources.hcmlink	update	w	admin	a				boolean	id:integer! fields:object!				sign/hcm-link/humanresources-hcmlink-job-update
humanresources.node.add	3	humanresources	add	w	rights					object	type:string! name:string! parentId:integer! description:string colorName:string userIds:object moveUsersToNode:boolean createChat:boolean bindingChatIds:array createChannel:boolean bindingChannelIds:array createCollab:boolean bindingCollabIds:array settings:object				departments/node/humanresources-node-add
humanresources.node.children	3	humanresources	other	r	rights				items	object	id:integer! select:array				departments/node/humanresources-node-children
humanresources.node.communication.edit	3	humanresources	update	w	rights				success	object	nodeId:integer! communicationType:string! createDefault:boolean ids:array removeIds:array withChildren:boolean				departments/node-communication/humanresources-node-communication-edit
humanresources.node.communication.list	3	humanresources	list	r	rights				channels	object	id:integer!				departments/node-communication/humanresources-node-communication-list
humanresources.node.count	3	humanresources	other	r	rights					object					departments/node/humanresources-node-count
humanresources.node.edit	3	humanresources	update	w	rights					object	id:integer! name:string description:string colorName:string				departments/node/humanresources-node-edit
humanresources.node.field.get	3	humanresources	get	r	any				item	object	name:string! select:array				departments/node/humanresources-node-field-get
humanresources.node.field.list	3	humanresources	list	r	any				items	object	select:array				departments/node/humanresources-node-field-list
humanresources.node.get	3	humanresources	get	r	rights				item	object	id:integer! select:array				departments/node/humanresources-node-get
humanresources.node.list	3	humanresources	list	r	rights		pagination		items	object	type:string! select:array pagination:object				departments/node/humanresources-node-list	in=pagination max=200
humanresources.node.member.add	3	humanresources	add	w	rights				success	object	nodeId:integer! userIds:array! role:string!				departments/node-member/humanresources-node-member-add
humanresources.node.member.field.get	3	humanresources	get	r	any				item	object	name:string! select:array				departments/node-member/humanresources-node-member-field-get
humanresources.node.member.field.list	3	humanresources	list	r	any				items	object	select:array				departments/node-member/humanresources-node-member-field-list
humanresources.node.member.move	3	humanresources	other	w	rights				success	object	nodeId:integer! userIds:array! role:string				departments/node-member/humanresources-node-member-move
humanresources.node.member.remove	3	humanresources	delete	w	rights					object	nodeId:integer! userIds:array!				departments/node-member/humanresources-node-member-remove
humanresources.node.member.set	3	humanresources	other	w	rights				success	object	nodeId:integer! userIds:object!				departments/node-member/humanresources-node-member-set
humanresources.node.move	3	humanresources	other	w	rights					object	id:integer! parentId:integer!				departments/node/humanresources-node-move
humanresources.node.search	3	humanresources	other	r	rights		pagination		items	object	type:string! name:string! parentId:integer pagination:object				departments/node/humanresources-node-search	in=pagination max=200
im.chat.add	2	im	add	w	any	f				integer	USERS:array TYPE:string TITLE:string DESCRIPTION:string COLOR:string MESSAGE:string AVATAR:string ENTITY_TYPE:string ENTITY_ID:string COPILOT_MAIN_ROLE:string				chats/im-chat-add
im.chat.get	2	im	get	r	any				ID	object	ENTITY_TYPE:string! ENTITY_ID:string!				chats/im-chat-get
im.chat.leave	2	im	other	w	rights					boolean	CHAT_ID:integer!				chats/chat-users/im-chat-leave
im.chat.mute	2	im	other	w	any					boolean	CHAT_ID:integer? DIALOG_ID:string? MUTE:string	CHAT_ID|DIALOG_ID			chats/special-operations/im-chat-mute
im.chat.setOwner	2	im	other	w	rights					boolean	CHAT_ID:integer? DIALOG_ID:string USER_ID:integer!				chats/chat-update/im-chat-set-owner
im.chat.updateAvatar	2	im	other	w	rights	f				boolean	CHAT_ID:integer? DIALOG_ID:string AVATAR:string!				chats/chat-update/im-chat-update-avatar
im.chat.updateColor	2	im	other	w	rights					boolean	CHAT_ID:integer? DIALOG_ID:string COLOR:string!				chats/chat-update/im-chat-update-color
im.chat.updateTitle	2	im	other	w	rights					boolean	CHAT_ID:integer? DIALOG_ID:string TITLE:string!				chats/chat-update/im-chat-update-title
im.chat.user.add	2	im	add	w	rights					boolean	CHAT_ID:integer! USERS:array! HIDE_HISTORY:string				chats/chat-users/im-chat-user-add
im.chat.user.delete	2	im	delete	w	rights					boolean	CHAT_ID:integer! USER_ID:integer!				chats/chat-users/im-chat-user-delete
im.chat.user.list	2	im	list	r	rights					array	CHAT_ID:integer!				chats/chat-users/im-chat-user-list
im.counters.get	2	im	get	r	any					object					chats/im-counters-get
im.department.colleagues.list	2	im	list	r	rights		offset			array	USER_DATA:string OFFSET:integer LIMIT:integer				chats/departments/im-department-colleagues-list
im.department.employees.get	2	im	get	r	rights					object	ID:array! USER_DATA:string				chats/departments/im-department-employees-get
im.department.get	2	im	get	r	rights					array	ID:array! USER_DATA:string				chats/departments/im-department-get
im.department.managers.get	2	im	get	r	rights					object	ID:array! USER_DATA:string				chats/departments/im-department-managers-get
im.dialog.get	2	im	get	r	rights					object	DIALOG_ID:string!				chats/im-dialog-get
im.dialog.messages.get	2	im	get	r	rights		cursor	LAST_ID:id		object	DIALOG_ID:string! LAST_ID:integer FIRST_ID:integer LIMIT:integer				chats/messages/im-dialog-messages-get	rows=messages max=50
im.dialog.messages.search	2	im	other	r	rights		cursor	LAST_ID:id		object	CHAT_ID:integer! SEARCH_MESSAGE:string DATE_FROM:datetime DATE_TO:datetime DATE:datetime ORDER:object LIMIT:integer LAST_ID:integer				chats/messages/im-dialog-messages-search	rows=messages max=50
im.dialog.read	2	im	other	w	any					object	DIALOG_ID:string! MESSAGE_ID:integer				chats/messages/im-dialog-read
im.dialog.read.all	2	im	other	w	any					boolean					chats/special-operations/im-dialog-read-all
im.dialog.unread	2	im	other	w	any					boolean	DIALOG_ID:string! MESSAGE_ID:integer!				chats/messages/im-dialog-unread
im.dialog.users.list	2	im	list	r	rights		offset			array	DIALOG_ID:string! SKIP_EXTERNAL:string SKIP_EXTERNAL_EXCEPT_TYPES:string LIMIT:integer LAST_ID:integer OFFSET:integer				chats/chat-users/im-dialog-users-list	max=200
im.dialog.writing	2	im	other	w	rights					boolean	DIALOG_ID:string!				chats/messages/im-dialog-writing
im.disk.file.commit	2	im	other	w	rights	d				object	CHAT_ID:integer? DIALOG_ID:string? FILE_ID:integer? UPLOAD_ID:integer? MESSAGE:string SILENT_MODE:string AS_FILE:string	CHAT_ID|DIALOG_ID;FILE_ID|UPLOAD_ID	im.v2.File.upload		chats/files/im-disk-file-commit
im.disk.file.delete	2	im	delete	w	rights					boolean	CHAT_ID:integer! FILE_ID:integer!				chats/files/im-disk-file-delete
im.disk.file.save	2	im	other	w	rights					object	FILE_ID:integer!				chats/files/im-disk-file-save
im.disk.folder.get	2	im	get	r	rights	d			ID	object	CHAT_ID:integer? DIALOG_ID:string?		im.v2.File.upload		chats/files/im-disk-folder-get
im.message.add	2	im	add	w	rights					integer	DIALOG_ID:string! MESSAGE:string? ATTACH:object|string? KEYBOARD:object|string MENU:object|string SYSTEM:string URL_PREVIEW:string REPLY_ID:integer				chats/messages/im-message-add
im.message.command	2	im	other	w	rights					boolean	MESSAGE_ID:integer! BOT_ID:integer! COMMAND:string! COMMAND_PARAMS:string				chats/messages/im-message-command
im.message.delete	2	im	delete	w	rights					boolean	MESSAGE_ID:integer!				chats/messages/im-message-delete
im.message.like	2	im	other	w	rights					boolean	MESSAGE_ID:integer! ACTION:string				chats/messages/im-message-like
im.message.share	2	im	other	w	rights					boolean	MESSAGE_ID:integer! DIALOG_ID:string! TYPE:string!				chats/messages/im-message-share
im.message.update	2	im	update	w	rights					boolean	MESSAGE_ID:integer! MESSAGE:string ATTACH:object|string KEYBOARD:object|string MENU:object|string URL_PREVIEW:string IS_EDITED:string				chats/messages/im-message-update
im.notify	2	im	other	w	any					integer|boolean	USER_ID:integer! TYPE:string MESSAGE:string! MESSAGE_OUT:string TAG:string SUB_TAG:string ATTACH:object|string CLIENT_ID:string~				chats/notifications/im-notify
im.notify.answer	2	im	other	w	any				result_message	object	NOTIFY_ID:integer! ANSWER_TEXT:string!				chats/notifications/im-notify-answer
im.notify.confirm	2	im	other	w	any				result_message	object	NOTIFY_ID:integer! NOTIFY_VALUE:string!				chats/notifications/im-notify-confirm
im.notify.delete	2	im	delete	w	any					boolean	ID:integer? TAG:string? SUB_TAG:string? CLIENT_ID:string~	ID|TAG|SUB_TAG			chats/notifications/im-notify-delete
im.notify.get	2	im	get	r	any		cursor	LAST_ID:id		object	LAST_ID:integer LAST_TYPE:integer LIMIT:integer CONVERT_TEXT:string				chats/notifications/im-notify-get	rows=notifications max=50 type=LAST_TYPE:notify_type
im.notify.history.search	2	im	other	r	any		cursor	LAST_ID:id		object	SEARCH_TEXT:string SEARCH_TYPE:string SEARCH_TYPES:array SEARCH_DATE:string SEARCH_DATE_FROM:string SEARCH_DATE_TO:string SEARCH_AUTHORS:array LAST_ID:integer LIMIT:integer CONVERT_TEXT:string GROUP_TAG:string				chats/notifications/im-notify-history-search	rows=notifications max=50
im.notify.personal.add	2	im	add	w	any					integer|boolean	USER_ID:integer! MESSAGE:string! MESSAGE_OUT:string TAG:string SUB_TAG:string ATTACH:object|string CLIENT_ID:string~				chats/notifications/im-notify-personal-add
im.notify.read	2	im	other	w	any					boolean	ID:integer ACTION:string ONLY_CURRENT:string				chats/notifications/im-notify-read
im.notify.read.all	2	im	other	w	any					object					chats/notifications/im-notify-read-all
im.notify.read.list	2	im	other	w	any					boolean	IDS:array! ACTION:string				chats/notifications/im-notify-read-list
im.notify.schema.get	2	im	get	r	any				tasks	object					chats/notifications/im-notify-schema-get
im.notify.system.add	2	im	add	w	any					integer|boolean	USER_ID:integer! MESSAGE:string! MESSAGE_OUT:string TAG:string SUB_TAG:string ATTACH:object|string CLIENT_ID:string~				chats/notifications/im-notify-system-add
im.recent.get	2	im	get	r	any					array	SKIP_OPENLINES:string SKIP_CHAT:string SKIP_DIALOG:string LAST_UPDATE:datetime ONLY_OPENLINES:string LAST_SYNC_DATE:datetime				chats/im-recent-get
im.recent.hide	2	im	other	w	any					boolean	DIALOG_ID:string!				chats/special-operations/im-recent-hide
im.recent.list	2	im	list	r	any		offset		items	object	SKIP_OPENLINES:string SKIP_DIALOG:string SKIP_CHAT:string LAST_MESSAGE_DATE:datetime UNREAD_ONLY:string PARSE_TEXT:string GET_ORIGINAL_TEXT:string SKIP_UNDISTRIBUTED_OPENLINES:string ONLY_COPILOT:string ONLY_CHANNEL:string CAN_MANAGE_MESSAGES:string OFFSET:integer LIMIT:integer				chats/im-recent-list	max=200
im.recent.pin	2	im	other	w	rights					boolean	DIALOG_ID:string! PIN:string				chats/special-operations/im-recent-pin
im.recent.unread	2	im	other	w	any					boolean	DIALOG_ID:string! ACTION:string				chats/special-operations/im-recent-unread
im.revision.get	2	im	get	r	any					object					chats/im-revision-get
im.search.chat.list	2	im	list	r	any		offset			array	FIND:string FIND_LINES:string OFFSET:integer LIMIT:integer				chats/search/im-search-chat-list
im.search.department.list	2	im	list	r	any		offset			array	FIND:string! USER_DATA:string OFFSET:integer LIMIT:integer				chats/search/im-search-department-list
im.search.last.add	2	im	add	w	any	d				boolean	DIALOG_ID:string!				chats/search/im-search-last-add
im.search.last.delete	2	im	delete	w	any	d				boolean	DIALOG_ID:string!				chats/search/im-search-last-delete
im.search.last.get	2	im	get	r	any	d				array	SKIP_OPENLINES:string SKIP_CHAT:string SKIP_DIALOG:string				chats/search/im-search-last-get
im.search.user.list	2	im	list	r	any		offset			object	FIND:string! BUSINESS:string OFFSET:integer LIMIT:integer				chats/search/im-search-user-list
im.user.get	2	im	get	r	any					object	ID:integer AVATAR_HR:string				chats/users/im-user-get
im.user.list.get	2	im	get	r	any					object|array	ID:array|string! AVATAR_HR:string RESULT_TYPE:string				chats/users/im-user-list-get
im.user.status.get	2	im	get	r	any					string|boolean					chats/users/im-user-status-get
im.user.status.idle.end	2	im	other	w	any					boolean					chats/users/im-user-status-idle-end
im.user.status.idle.start	2	im	other	w	any					boolean	AGO:integer				chats/users/im-user-status-idle-start
im.user.status.set	2	im	other	w	any					boolean	STATUS:string!				chats/users/im-user-status-set
im.v2.Event.get	2	im	get	w	any		offset			object	offset:integer limit:integer				chat-bots/chat-bots-v2/im.v2/events/event-get
im.v2.Event.subscribe	2	im	other	w	any					boolean					chat-bots/chat-bots-v2/im.v2/events/event-subscribe
im.v2.Event.unsubscribe	2	im	other	w	any					boolean					chat-bots/chat-bots-v2/im.v2/events/event-unsubscribe
im.v2.File.download	2	im	other	r	rights					object	dialogId:string! fileId:integer!				chat-bots/chat-bots-v2/im.v2/files/file-download
im.v2.File.upload	2	im	other	w	rights	f				object	dialogId:string! fields:object!				chat-bots/chat-bots-v2/im.v2/files/file-upload
imbot.app.register	2	imbot	other	w	any	df					BOT_ID:any CODE:any JS_METHOD:any JS_PARAM:any ICON_FILE:any CONTEXT:any EXTRANET_SUPPORT:any LIVECHAT_SUPPORT:any IFRAME_POPUP:any LANG:any IFRAME:any IFRAME_WIDTH:any IFRAME_HEIGHT:any HASH:any HIDDEN:any				chats/outdated/create-app/imbot-app-register
imbot.app.unregister	2	imbot	other	w	any	d					APP_ID:any				chats/outdated/create-app/imbot-app-unregister
imbot.app.update	2	imbot	update	w	any	df					APP_ID:any! IFRAME:any IFRAME_WIDTH:any IFRAME_HEIGHT:any JS_METHOD:any JS_PARAM:any HASH:any ICON_FILE:any CONTEXT:any EXTRANET_SUPPORT:any LIVECHAT_SUPPORT:any IFRAME_POPUP:any LANG:any				chats/outdated/create-app/imbot-app-update
imbot.bot.list	2	imbot	list	r	rights	d				object			imbot.v2.Bot.list		chat-bots/outdated/bots/imbot-bot-list
imbot.chat.add	2	imbot	add	w	botOwner	df				integer	TYPE:string TITLE:string DESCRIPTION:string COLOR:string MESSAGE:string USERS:array AVATAR:string ENTITY_TYPE:string ENTITY_ID:string BOT_ID:integer CLIENT_ID:string~		imbot.v2.Chat.add		chat-bots/outdated/chats/imbot-chat-add
imbot.chat.get	2	imbot	get	r	rights	d			ID	object	ENTITY_TYPE:string! ENTITY_ID:string!		imbot.v2.Chat.get		chat-bots/outdated/chats/imbot-chat-get
imbot.chat.leave	2	imbot	other	w	botOwner	d				boolean	CHAT_ID:integer! BOT_ID:integer CLIENT_ID:string~		imbot.v2.Chat.leave		chat-bots/outdated/chats/imbot-chat-leave
imbot.chat.sendTyping	2	imbot	other	w	botOwner	d				boolean	BOT_ID:integer DIALOG_ID:string! CLIENT_ID:string~		imbot.v2.Chat.InputAction.notify		chat-bots/outdated/chats/imbot-chat-send-typing
imbot.chat.setManager	2	imbot	other	w	rights	d				boolean	CHAT_ID:integer! USER_ID:integer! IS_MANAGER:string BOT_ID:integer CLIENT_ID:string~		imbot.v2.Chat.Manager.add,imbot.v2.Chat.Manager.delete		chat-bots/outdated/chats/imbot-chat-set-manager
imbot.chat.setOwner	2	imbot	other	w	botOwner	d				boolean	CHAT_ID:integer! USER_ID:integer! BOT_ID:integer CLIENT_ID:string		imbot.v2.Chat.setOwner		chat-bots/outdated/chats/imbot-chat-set-owner
imbot.chat.updateAvatar	2	imbot	other	w	botOwner	df				boolean	CHAT_ID:integer! AVATAR:string! BOT_ID:integer CLIENT_ID:string~		imbot.v2.Chat.update		chat-bots/outdated/chats/imbot-chat-update-avatar
imbot.chat.updateColor	2	imbot	other	w	botOwner	d				boolean	CHAT_ID:integer! COLOR:string! BOT_ID:integer CLIENT_ID:string~		imbot.v2.Chat.update		chat-bots/outdated/chats/imbot-chat-update-color
imbot.chat.updateTitle	2	imbot	other	w	botOwner	d				boolean	CHAT_ID:integer! TITLE:string! BOT_ID:integer CLIENT_ID:string~		imbot.v2.Chat.update		chat-bots/outdated/chats/imbot-chat-update-title
imbot.chat.user.add	2	imbot	add	w	botOwner	d				boolean	CHAT_ID:integer! USERS:array! HIDE_HISTORY:string BOT_ID:integer CLIENT_ID:string~		imbot.v2.Chat.User.add		chat-bots/outdated/chats/imbot-chat-user-add
imbot.chat.user.delete	2	imbot	delete	w	botOwner	d				boolean	CHAT_ID:integer! USER_ID:integer! BOT_ID:integer CLIENT_ID:string~		imbot.v2.Chat.User.delete		chat-bots/outdated/chats/imbot-chat-user-delete
imbot.chat.user.list	2	imbot	list	r	botOwner	d				array	CHAT_ID:integer! BOT_ID:integer CLIENT_ID:string~		imbot.v2.Chat.User.list		chat-bots/outdated/chats/imbot-chat-user-list
imbot.command.answer	2	imbot	other	w	botOwner	d				integer	COMMAND_ID:integer? COMMAND:string? MESSAGE_ID:integer! MESSAGE:string! ATTACH:object KEYBOARD:object MENU:object SYSTEM:string URL_PREVIEW:string CLIENT_ID:string~		imbot.v2.Command.answer		chat-bots/outdated/commands/imbot-command-answer
imbot.command.register	2	imbot	other	w	botOwner	d				integer	BOT_ID:integer! COMMAND:string! EVENT_COMMAND_ADD:string! LANG:array! COMMON:string HIDDEN:string EXTRANET_SUPPORT:string CLIENT_ID:string~		imbot.v2.Command.register		chat-bots/outdated/commands/imbot-command-register
imbot.command.unregister	2	imbot	other	w	botOwner	d				boolean	COMMAND_ID:integer! CLIENT_ID:string~		imbot.v2.Command.unregister		chat-bots/outdated/commands/imbot-command-unregister
imbot.command.update	2	imbot	update	w	botOwner	d				boolean	COMMAND_ID:integer! FIELDS:object! CLIENT_ID:string~		imbot.v2.Command.update		chat-bots/outdated/commands/imbot-command-update
imbot.dialog.get	2	imbot	get	r	rights	d				object	DIALOG_ID:string!		imbot.v2.Chat.get		chat-bots/outdated/chats/imbot-dialog-get
imbot.message.add	2	imbot	add	w	botOwner	d				integer	BOT_ID:integer DIALOG_ID:string? FROM_USER_ID:integer TO_USER_ID:integer MESSAGE:string! ATTACH:object|string KEYBOARD:object|string MENU:object|string SYSTEM:string URL_PREVIEW:string SKIP_CONNECTOR:string CLIENT_ID:string~		imbot.v2.Chat.Message.send		chat-bots/outdated/messages/imbot-message-add
imbot.message.delete	2	imbot	delete	w	botOwner	d				boolean	BOT_ID:integer MESSAGE_ID:integer! COMPLETE:string CLIENT_ID:string~		imbot.v2.Chat.Message.delete		chat-bots/outdated/messages/imbot-message-delete
imbot.message.like	2	imbot	other	w	botOwner	d				boolean	BOT_ID:integer MESSAGE_ID:integer! ACTION:string CLIENT_ID:string~		imbot.v2.Chat.Message.Reaction.add,imbot.v2.Chat.Message.Reaction.delete		chat-bots/outdated/messages/imbot-message-like
imbot.message.update	2	imbot	update	w	botOwner	d				boolean	BOT_ID:integer MESSAGE_ID:integer! MESSAGE:string ATTACH:object|string KEYBOARD:object|string MENU:object|string URL_PREVIEW:string SKIP_CONNECTOR:string CLIENT_ID:string~		imbot.v2.Chat.Message.update		chat-bots/outdated/messages/imbot-message-update
imbot.register	2	imbot	other	w	rights	df				integer	CODE:string! TYPE:string OPENLINE:string EVENT_HANDLER:string EVENT_MESSAGE_ADD:string! EVENT_MESSAGE_UPDATE:string EVENT_MESSAGE_DELETE:string EVENT_WELCOME_MESSAGE:string! EVENT_BOT_DELETE:string! CLIENT_ID:string~ PROPERTIES:object!		imbot.v2.Bot.register		chat-bots/outdated/bots/imbot-register
imbot.unregister	2	imbot	other	w	botOwner	d				boolean	BOT_ID:integer! CLIENT_ID:string~		imbot.v2.Bot.unregister		chat-bots/outdated/bots/imbot-unregister
imbot.update	2	imbot	update	w	botOwner	df				boolean	BOT_ID:integer! FIELDS:object! CLIENT_ID:string~		imbot.v2.Bot.update		chat-bots/outdated/bots/imbot-update
imbot.v2.Bot.get	2	imbot	get	r	any					object	botId:integer? code:string? botToken:string~	botId|code			chat-bots/chat-bots-v2/imbot.v2/bots/bot-get
imbot.v2.Bot.list	2	imbot	list	r	botOwner		offset		bots	object	botToken:string~ filter:object limit:integer offset:integer				chat-bots/chat-bots-v2/imbot.v2/bots/bot-list
imbot.v2.Bot.register	2	imbot	other	w	any	f				object	fields:object!				chat-bots/chat-bots-v2/imbot.v2/bots/bot-register
imbot.v2.Bot.unregister	2	imbot	other	w	botOwner				result	object	botId:integer! botToken:string~				chat-bots/chat-bots-v2/imbot.v2/bots/bot-unregister
imbot.v2.Bot.update	2	imbot	update	w	botOwner	f				object	botId:integer! botToken:string~ fields:object!				chat-bots/chat-bots-v2/imbot.v2/bots/bot-update
imbot.v2.Chat.add	2	imbot	add	w	botOwner	f				object	botId:integer! botToken:string~ fields:object				chat-bots/chat-bots-v2/imbot.v2/chats/chat-add
imbot.v2.Chat.get	2	imbot	get	r	botOwner				chat	object	botId:integer! botToken:string~ dialogId:string!				chat-bots/chat-bots-v2/imbot.v2/chats/chat-get
imbot.v2.Chat.InputAction.notify	2	imbot	other	w	botOwner				result	object	botId:integer! botToken:string~ dialogId:string! statusMessageCode:string duration:integer				chat-bots/chat-bots-v2/imbot.v2/ui/chat-input-action-notify
imbot.v2.Chat.leave	2	imbot	other	w	botOwner				result	object	botId:integer! botToken:string~ dialogId:string!				chat-bots/chat-bots-v2/imbot.v2/chats/chat-leave
imbot.v2.Chat.Manager.add	2	imbot	add	w	botOwner				result	object	botId:integer! botToken:string~ dialogId:string! userIds:integer[]!				chat-bots/chat-bots-v2/imbot.v2/chats/chat-manager-add
imbot.v2.Chat.Manager.delete	2	imbot	delete	w	botOwner				result	object	botId:integer! botToken:string~ dialogId:string! userIds:integer[]!				chat-bots/chat-bots-v2/imbot.v2/chats/chat-manager-delete
imbot.v2.Chat.Message.delete	2	imbot	delete	w	botOwner				result	object	botId:integer! botToken:string~ messageId:integer! complete:boolean				chat-bots/chat-bots-v2/imbot.v2/messages/chat-message-delete
imbot.v2.Chat.Message.get	2	imbot	get	r	botOwner					object	botId:integer! botToken:string~ messageId:integer!				chat-bots/chat-bots-v2/imbot.v2/messages/chat-message-get
imbot.v2.Chat.Message.getContext	2	imbot	other	r	botOwner					object	botId:integer! botToken:string~ messageId:integer! range:integer				chat-bots/chat-bots-v2/imbot.v2/messages/chat-message-get-context
imbot.v2.Chat.Message.Reaction.add	2	imbot	add	w	botOwner				result	object	botId:integer! botToken:string~ messageId:integer! reaction:string!				chat-bots/chat-bots-v2/imbot.v2/messages/chat-message-reaction-add
imbot.v2.Chat.Message.Reaction.delete	2	imbot	delete	w	botOwner				result	object	botId:integer! botToken:string~ messageId:integer! reaction:string!				chat-bots/chat-bots-v2/imbot.v2/messages/chat-message-reaction-delete
imbot.v2.Chat.Message.read	2	imbot	other	w	botOwner					object	botId:integer! botToken:string~ dialogId:string! messageId:integer				chat-bots/chat-bots-v2/imbot.v2/messages/chat-message-read
imbot.v2.Chat.Message.send	2	imbot	other	w	botOwner					object	botId:integer! botToken:string~ dialogId:string! fields:object				chat-bots/chat-bots-v2/imbot.v2/messages/chat-message-send
imbot.v2.Chat.Message.update	2	imbot	update	w	botOwner				result	object	botId:integer! botToken:string~ messageId:integer! fields:object!				chat-bots/chat-bots-v2/imbot.v2/messages/chat-message-update
imbot.v2.Chat.setOwner	2	imbot	other	w	botOwner				result	object	botId:integer! botToken:string~ dialogId:string! userId:integer!				chat-bots/chat-bots-v2/imbot.v2/chats/chat-set-owner
imbot.v2.Chat.TextField.enabled	2	imbot	other	w	botOwner				result	object	botId:integer! botToken:string~ dialogId:string! enabled:boolean				chat-bots/chat-bots-v2/imbot.v2/ui/chat-text-field-enabled
imbot.v2.Chat.update	2	imbot	update	w	botOwner	f			result	object	botId:integer! botToken:string~ dialogId:string! fields:object!				chat-bots/chat-bots-v2/imbot.v2/chats/chat-update
imbot.v2.Chat.User.add	2	imbot	add	w	botOwner				result	object	botId:integer! botToken:string~ dialogId:string! userIds:integer[]!				chat-bots/chat-bots-v2/imbot.v2/chats/chat-user-add
imbot.v2.Chat.User.delete	2	imbot	delete	w	botOwner				result	object	botId:integer! botToken:string~ dialogId:string! userId:integer!				chat-bots/chat-bots-v2/imbot.v2/chats/chat-user-delete
imbot.v2.Chat.User.list	2	imbot	list	r	botOwner					User[]	botId:integer! botToken:string~ dialogId:string! order:object limit:integer				chat-bots/chat-bots-v2/imbot.v2/chats/chat-user-list
imbot.v2.Command.answer	2	imbot	other	w	botOwner				result	object	botId:integer! botToken:string~ commandId:integer! messageId:integer! dialogId:string! fields:object				chat-bots/chat-bots-v2/imbot.v2/commands/command-answer
imbot.v2.Command.list	2	imbot	list	r	botOwner				commands	object	botId:integer! botToken:string~				chat-bots/chat-bots-v2/imbot.v2/commands/command-list
imbot.v2.Command.register	2	imbot	other	w	botOwner				command	object	botId:integer! botToken:string~ fields:object!				chat-bots/chat-bots-v2/imbot.v2/commands/command-register
imbot.v2.Command.unregister	2	imbot	other	w	botOwner				result	object	botId:integer! botToken:string~ commandId:integer!				chat-bots/chat-bots-v2/imbot.v2/commands/command-unregister
imbot.v2.Command.update	2	imbot	update	w	botOwner				command	object	botId:integer! botToken:string~ commandId:integer! fields:object!				chat-bots/chat-bots-v2/imbot.v2/commands/command-update
imbot.v2.Event.get	2	imbot	get	w	botOwner		offset			object	botId:integer! botToken:string~ offset:integer limit:integer withUserEvents:boolean				chat-bots/chat-bots-v2/imbot.v2/events/event-get
imbot.v2.File.download	2	imbot	other	r	botOwner					object	botId:integer! botToken:string~ fileId:integer!				chat-bots/chat-bots-v2/imbot.v2/files/file-download
imbot.v2.File.upload	2	imbot	other	w	botOwner	f				object	botId:integer! botToken:string~ dialogId:string! fields:object!				chat-bots/chat-bots-v2/imbot.v2/files/file-upload
imbot.v2.Revision.get	2	imbot	get	r	any					object					chat-bots/chat-bots-v2/imbot.v2/revision-get
imconnector.activate	2	imopenlines	other	w	any	a				boolean	CONNECTOR:string! LINE:integer! ACTIVE:string!				imopenlines/imconnector/imconnector-activate
imconnector.chat.name.set	2	imconnector	other	w	any	a				object	CONNECTOR:string! LINE:integer! CHAT_ID:string! NAME:string! USER_ID:string?				imopenlines/imconnector/imconnector-chat-name-set
imconnector.connector.data.set	2	imopenlines	other	w	any	a				boolean	CONNECTOR:string! LINE:integer! DATA:object!				imopenlines/imconnector/imconnector-connector-data-set
imconnector.delete.messages	2	imopenlines	other	w	any	a				object	CONNECTOR:string! LINE:integer! MESSAGES:array!				imopenlines/imconnector/imconnector-delete-messages
imconnector.list	2	imopenlines	list	r	rights	a				object					imopenlines/imconnector/imconnector-list
imconnector.register	2	imopenlines	other	w	any	a			result	object	ID:string! NAME:string! ICON:object! PLACEMENT_HANDLER:string! ICON_DISABLED:object DEL_EXTERNAL_MESSAGES:boolean EDIT_INTERNAL_MESSAGES:boolean DEL_INTERNAL_MESSAGES:boolean NEWSLETTER:boolean NEED_SYSTEM_MESSAGES:boolean NEED_SIGNATURE:boolean CHAT_GROUP:boolean?				imopenlines/imconnector/imconnector-register
imconnector.send.messages	2	imopenlines	other	w	any	a				object	CONNECTOR:string! LINE:integer! MESSAGES:array!				imopenlines/imconnector/imconnector-send-messages
imconnector.send.status.delivery	2	imopenlines	other	w	any	a				object	CONNECTOR:string! LINE:integer! MESSAGES:array!				imopenlines/imconnector/imconnector-send-status-delivery
imconnector.send.status.reading	2	imopenlines	other	w	any	a				object	CONNECTOR:string! LINE:integer! MESSAGES:array!				imopenlines/imconnector/imconnector-send-status-reading
imconnector.status	2	imopenlines	other	r	any	a				object	CONNECTOR:string! LINE:integer				imopenlines/imconnector/imconnector-status
imconnector.unregister	2	imopenlines	other	w	any	a			result	object	ID:string!				imopenlines/imconnector/imconnector-unregister
imconnector.update.messages	2	imopenlines	other	w	any	a				object	CONNECTOR:string! LINE:integer! MESSAGES:array!				imopenlines/imconnector/imconnector-update-messages
imopenlines.bot.session.finish	2	imopenlines,imbot	other	w	rights					boolean	CHAT_ID:integer! CLIENT_ID:string~				imopenlines/openlines/chat-bots/imopenlines-bot-session-finish
imopenlines.bot.session.message.send	2	imopenlines,imbot	other	w	any					boolean	CHAT_ID:integer! NAME:string MESSAGE:string				imopenlines/openlines/chat-bots/imopenlines-bot-session-message-send
imopenlines.bot.session.operator	2	imopenlines,imbot	other	w	any					boolean	CHAT_ID:integer!				imopenlines/openlines/chat-bots/imopenlines-bot-session-operator
imopenlines.bot.session.transfer	2	imopenlines,imbot	other	w	rights					boolean	CHAT_ID:integer! USER_ID:integer QUEUE_ID:integer TRANSFER_ID:string|integer LEAVE:boolean CLIENT_ID:string~				imopenlines/openlines/chat-bots/imopenlines-bot-session-transfer
imopenlines.config.add	2	imopenlines	add	w	any					integer	PARAMS:object				imopenlines/openlines/imopenlines-config-add
imopenlines.config.delete	2	imopenlines	delete	w	rights					boolean	CONFIG_ID:integer!				imopenlines/openlines/imopenlines-config-delete
imopenlines.config.get	2	imopenlines	get	r	any					object	CONFIG_ID:integer! WITH_QUEUE:char SHOW_OFFLINE:char				imopenlines/openlines/imopenlines-config-get
imopenlines.config.list.get	2	imopenlines	get	r	any		offset			array	PARAMS:object OPTIONS:object				imopenlines/openlines/imopenlines-config-list-get	in=PARAMS max=200
imopenlines.config.path.get	2	imopenlines	get	r	any					object					imopenlines/openlines/imopenlines-config-path-get
imopenlines.config.update	2	imopenlines	update	w	rights					boolean	CONFIG_ID:integer! PARAMS:object				imopenlines/openlines/imopenlines-config-update
imopenlines.crm.chat.get	2	imopenlines	get	r	rights					array	CRM_ENTITY_TYPE:string! CRM_ENTITY:integer! ACTIVE_ONLY:char				imopenlines/openlines/chats/imopenlines-crm-chat-get
imopenlines.crm.chat.getLastId	2	imopenlines	other	r	rights					integer	CRM_ENTITY_TYPE:string! CRM_ENTITY:integer!				imopenlines/openlines/chats/imopenlines-crm-chat-get-last-id
imopenlines.crm.chat.user.add	2	imopenlines	add	w	rights					integer	CRM_ENTITY_TYPE:string! CRM_ENTITY:integer! USER_ID:integer! CHAT_ID:integer				imopenlines/openlines/chats/imopenlines-crm-chat-user-add
imopenlines.crm.chat.user.delete	2	imopenlines	delete	w	rights					integer	CRM_ENTITY_TYPE:string! CRM_ENTITY:integer! USER_ID:integer! CHAT_ID:integer				imopenlines/openlines/chats/imopenlines-crm-chat-user-delete
imopenlines.crm.lead.create	2	imopenlines	add	w	rights					boolean	CHAT_ID:integer!				imopenlines/openlines/sessions/imopenlines-crm-lead-create
imopenlines.crm.message.add	2	imopenlines	add	w	rights					integer	CRM_ENTITY_TYPE:string! CRM_ENTITY:integer! USER_ID:integer! CHAT_ID:integer! MESSAGE:string!				imopenlines/openlines/messages/imopenlines-crm-message-add
imopenlines.dialog.get	2	imopenlines	get	r	rights					object	CHAT_ID:integer DIALOG_ID:string SESSION_ID:integer USER_CODE:string				imopenlines/openlines/sessions/imopenlines-dialog-get
imopenlines.message.quick.save	2	imopenlines	other	w	rights					boolean	CHAT_ID:integer! MESSAGE_ID:integer!				imopenlines/openlines/messages/imopenlines-message-quick-save
imopenlines.message.session.start	2	imopenlines	other	w	rights					boolean	CHAT_ID:integer! MESSAGE_ID:integer!				imopenlines/openlines/sessions/imopenlines-message-session-start
imopenlines.network.join	2	imopenlines	other	w	any					integer	CODE:string!				imopenlines/openlines/imopenlines-network-join
imopenlines.network.message.add	2	imopenlines	add	w	any					boolean	CODE:string! USER_ID:integer! MESSAGE:string! ATTACH:object KEYBOARD:object URL_PREVIEW:char				imopenlines/openlines/imopenlines-network-message-add
imopenlines.operator.another.finish	2	imopenlines	other	w	rights					boolean	CHAT_ID:integer!				imopenlines/openlines/operators/imopenlines-operator-another-finish
imopenlines.operator.answer	2	imopenlines	other	w	rights					boolean	CHAT_ID:integer!				imopenlines/openlines/operators/imopenlines-operator-answer
imopenlines.operator.finish	2	imopenlines	other	w	rights					boolean	CHAT_ID:integer!				imopenlines/openlines/operators/imopenlines-operator-finish
imopenlines.operator.skip	2	imopenlines	other	w	rights					boolean	CHAT_ID:integer!				imopenlines/openlines/operators/imopenlines-operator-skip
imopenlines.operator.spam	2	imopenlines	other	w	rights					boolean	CHAT_ID:integer!				imopenlines/openlines/operators/imopenlines-operator-spam
imopenlines.operator.transfer	2	imopenlines	other	w	rights					boolean	CHAT_ID:integer! TRANSFER_ID:string|integer USER_ID:integer QUEUE_ID:integer				imopenlines/openlines/operators/imopenlines-operator-transfer
imopenlines.revision.get	2	imopenlines	get	r	any					object					imopenlines/openlines/imopenlines-revision-get
imopenlines.session.head.vote	2	imopenlines	other	w	rights					boolean	SESSION_ID:integer! RATING:integer? COMMENT:string?	RATING|COMMENT			imopenlines/openlines/sessions/imopenlines-session-head-vote
imopenlines.session.history.get	2	imopenlines	get	r	any					object	SESSION_ID:integer? CHAT_ID:integer?	SESSION_ID|CHAT_ID			imopenlines/openlines/sessions/imopenlines-session-history-get
imopenlines.session.intercept	2	imopenlines	other	w	rights					boolean	CHAT_ID:integer!				imopenlines/openlines/sessions/imopenlines-session-intercept
imopenlines.session.join	2	imopenlines	other	w	rights					boolean	CHAT_ID:integer!				imopenlines/openlines/sessions/imopenlines-session-join
imopenlines.session.mode.pin	2	imopenlines	other	w	rights					boolean	CHAT_ID:integer! ACTIVATE:string				imopenlines/openlines/sessions/imopenlines-session-mode-pin
imopenlines.session.mode.pinAll	2	imopenlines	other	w	any					integer[]					imopenlines/openlines/sessions/imopenlines-session-mode-pin-all
imopenlines.session.mode.silent	2	imopenlines	other	w	rights	d				boolean	CHAT_ID:integer! ACTIVATE:string				imopenlines/openlines/sessions/imopenlines-session-mode-silent
imopenlines.session.mode.unpinAll	2	imopenlines	other	w	any					integer[]					imopenlines/openlines/sessions/imopenlines-session-mode-unpin-all
imopenlines.session.open	2	imopenlines	other	w	rights					object	USER_CODE:string!				imopenlines/openlines/sessions/imopenlines-session-open
imopenlines.session.start	2	imopenlines	other	w	rights					boolean	CHAT_ID:integer!				imopenlines/openlines/sessions/imopenlines-session-start
landing.block.addcard	2	landing	other	w	rights					boolean	scope:string lid:integer! block:integer! selector:string! content:string! preventHistory:boolean				landing/block/methods/landing-block-add-card
landing.block.changeAnchor	2	landing	other	w	rights					boolean	scope:string lid:integer! block:integer! data:string! preventHistory:boolean				landing/block/methods/landing-block-change-anchor
landing.block.changeNodeName	2	landing	other	w	rights					boolean	scope:string lid:integer! block:integer! data:object! preventHistory:boolean				landing/block/methods/landing-block-change-node-name
landing.block.clonecard	2	landing	other	w	rights					boolean	scope:string lid:integer! block:integer! selector:string! preventHistory:boolean				landing/block/methods/landing-block-clone-card
landing.block.getbyid	2	landing	other	r	rights					object	scope:string block:integer! params:object				landing/block/methods/landing-block-get-by-id
landing.block.getcontent	2	landing	other	r	rights					object	scope:string lid:integer! block:integer! editMode:boolean params:object				landing/block/methods/landing-block-get-content
landing.block.getContentFromRepository	2	landing	other	r	rights					string|null	code:string!				landing/block/methods/landing-block-get-content-from-repository
landing.block.getlist	2	landing	list	r	rights					object[]	scope:string lid:integer|integer[]! params:object				landing/block/methods/landing-block-get-list
landing.block.getmanifest	2	landing	other	r	rights					object	scope:string lid:integer! block:integer! params:object				landing/block/methods/landing-block-get-manifest
landing.block.getmanifestfile	2	landing	other	r	rights					object|array	code:string!				landing/block/methods/landing-block-get-manifest-file
landing.block.getrepository	2	landing	other	r	rights					object|boolean	section:string scope:string				landing/block/methods/landing-block-get-repository
landing.block.removecard	2	landing	other	w	rights					boolean	scope:string lid:integer! block:integer! selector:string! preventHistory:boolean				landing/block/methods/landing-block-remove-card
landing.block.updateattrs	2	landing	other	w	rights					boolean	scope:string lid:integer! block:integer! data:object!				landing/block/methods/landing-block-update-attrs
landing.block.updateCards	2	landing	other	w	rights					boolean	scope:string lid:integer! block:integer! data:object!				landing/block/methods/landing-block-update-cards
landing.block.updatecontent	2	landing	other	w	rights					boolean|null	scope:string lid:integer! block:integer! content:string! designed:boolean|integer|string preventHistory:boolean				landing/block/methods/landing-block-update-content
landing.block.updatenodes	2	landing	other	w	rights					boolean	scope:string lid:integer! block:integer! data:object! additional:object preventHistory:boolean				landing/block/methods/landing-block-update-nodes
landing.block.updateStyles	2	landing	other	w	rights					boolean	scope:string lid:integer! block:integer! data:object! preventHistory:boolean				landing/block/methods/landing-block-update-styles
landing.block.uploadfile	2	landing	other	w	rights	f				object	scope:string block:integer! picture:string|string[]! ext:string params:object temp:boolean|integer				landing/block/methods/landing-block-upload-file
landing.demos.getList	2	landing	list	r	rights					object[]	params:object				landing/demos/landing-demos-get-list
landing.demos.getPageList	2	landing	list	r	rights					object|array	type:string! filter:object				landing/demos/landing-demos-get-page-list
landing.demos.getSiteList	2	landing	list	r	rights					object|array	type:string! filter:object				landing/demos/landing-demos-get-site-list
landing.demos.register	2	landing	other	w	rights					integer[]	data:object|array! params:object				landing/demos/landing-demos-register
landing.demos.unregister	2	landing	other	w	rights					boolean	code:string!				landing/demos/landing-demos-unregister
landing.landing.add	2	landing	add	w	rights					integer	scope:string fields:object!				landing/page/methods/landing-landing-add
landing.landing.addblock	2	landing	other	w	rights					integer|object	scope:string lid:integer! fields:object! preventHistory:boolean				landing/page/block-methods/landing-landing-add-block
landing.landing.addByTemplate	2	landing	other	w	rights					integer	scope:string siteId:integer! code:string! fields:object				landing/page/methods/landing-landing-add-by-template
landing.landing.copy	2	landing	other	w	rights					integer	scope:string lid:integer! toSiteId:integer toFolderId:integer skipSystem:boolean				landing/page/methods/landing-landing-copy
landing.landing.copyblock	2	landing	other	w	rights					integer|object	scope:string lid:integer! block:integer! params:object				landing/page/block-methods/landing-landing-copy-block
landing.landing.delete	2	landing	delete	w	rights					boolean	scope:string lid:integer!				landing/page/methods/landing-landing-delete
landing.landing.deleteblock	2	landing	other	w	rights					boolean	scope:string lid:integer! block:integer!				landing/page/block-methods/landing-landing-delete-block
landing.landing.downblock	2	landing	other	w	rights					boolean	scope:string lid:integer! block:integer! preventHistory:boolean				landing/page/block-methods/landing-landing-down-block
landing.landing.favoriteBlock	2	landing	other	w	rights					integer	scope:string lid:integer! block:integer! meta:object				landing/page/block-methods/landing-landing-favorite-block
landing.landing.getadditionalfields	2	landing	fields	r	rights					object|array	scope:string lid:integer!				landing/page/methods/landing-landing-get-additional-fields
landing.landing.getList	2	landing	list	r	rights					object[]	scope:string params:object				landing/page/methods/landing-landing-get-list
landing.landing.getpreview	2	landing	other	r	rights					string	scope:string lid:integer!				landing/page/methods/landing-landing-get-preview
landing.landing.getpublicurl	2	landing	other	r	rights					string	scope:string lid:integer!				landing/page/methods/landing-landing-get-public-url
landing.landing.hideblock	2	landing	other	w	rights					boolean	scope:string lid:integer! block:integer!				landing/page/block-methods/landing-landing-hide-block
landing.landing.markDelete	2	landing	other	w	rights					integer	scope:string lid:integer! mark:boolean				landing/page/methods/landing-landing-mark-delete
landing.landing.markdeletedblock	2	landing	other	w	rights					boolean	scope:string lid:integer! block:integer! mark:boolean preventHistory:boolean				landing/page/block-methods/landing-landing-mark-deleted-block
landing.landing.markUnDelete	2	landing	other	w	rights					integer	lid:integer!				landing/page/methods/landing-landing-mark-undelete
landing.landing.markundeletedblock	2	landing	other	w	rights					boolean	scope:string lid:integer! block:integer! preventHistory:boolean				landing/page/block-methods/landing-landing-mark-undeleted-block
landing.landing.move	2	landing	other	w	rights					boolean	scope:string lid:integer! toSiteId:integer toFolderId:integer				landing/page/methods/landing-landing-move
landing.landing.moveblock	2	landing	other	w	rights					integer|object	scope:string lid:integer! block:integer! params:object				landing/page/block-methods/landing-landing-move-block
landing.landing.publication	2	landing	other	w	rights					boolean	scope:string lid:integer!				landing/page/methods/landing-landing-publication
landing.landing.removeEntities	2	landing	other	w	rights					boolean	scope:string lid:integer! data:object!				landing/page/methods/landing-landing-remove-entities
landing.landing.resolveIdByPublicUrl	2	landing	other	r	rights					integer|null	scope:string landingUrl:string! siteId:integer!				landing/page/methods/landing-landing-resolve-id-by-public-url
landing.landing.showblock	2	landing	other	w	rights					boolean	scope:string lid:integer! block:integer!				landing/page/block-methods/landing-landing-show-block
landing.landing.unFavoriteBlock	2	landing	other	w	rights					boolean	blockId:integer!				landing/page/block-methods/landing-landing-unfavorite-block
landing.landing.unpublic	2	landing	other	w	rights					boolean	scope:string lid:integer!				landing/page/methods/landing-landing-unpublic
landing.landing.upblock	2	landing	other	w	rights					boolean	scope:string lid:integer! block:integer! preventHistory:boolean				landing/page/block-methods/landing-landing-up-block
landing.landing.update	2	landing	update	w	rights					boolean	lid:integer! fields:object!				landing/page/methods/landing-landing-update
landing.repo.bind	2	landing	other	w		a					fields:object!				landing/embedding/block
landing.repo.checkContent	2	landing	other	r	rights					object	content:string! splitter:string				landing/user-blocks/landing-repo-check-content
landing.repo.getList	2	landing	list	r	rights					object[]	params:object				landing/user-blocks/landing-repo-get-list
landing.repo.register	2	landing	other	w	rights					integer	code:string! fields:object! manifest:object				landing/user-blocks/landing-repo-register
landing.repo.unbind	2	landing	other	w	rights					boolean|null	code:string! handler:string				landing/embedding/landing-repo-unbind
landing.repo.unregister	2	landing	other	w	rights					boolean	code:string!				landing/user-blocks/landing-repo-unregister
landing.repowidget.debug	2	landing	other	w	any	a				boolean	enable:boolean				vibe/landing-repowidget-debug
landing.repowidget.getlist	2	landing	list	r	any					array	params:object!				vibe/landing-repowidget-get-list
landing.repowidget.register	2	landing	other	w	any					integer	code:string! fields:object!				vibe/landing-repowidget-register
landing.repowidget.unregister	2	landing	other	w	any					boolean	code:string!				vibe/landing-repowidget-unregister
landing.role.enable	2	landing	other	w	rights					boolean	scope:string mode:boolean|integer!				landing/rights/landing-role-enable
landing.role.getList	2	landing	list	r	rights					object[]	scope:string				landing/rights/role-model/landing-role-get-list
landing.role.getRights	2	landing	other	r	rights					object	scope:string id:integer!				landing/rights/role-model/landing-role-get-rights
landing.role.isEnabled	2	landing	other	r	rights					boolean					landing/rights/landing-role-is-enabled
landing.role.setAccessCodes	2	landing	other	w	rights					boolean	scope:string id:integer! codes:string[]				landing/rights/role-model/landing-role-set-access-codes
landing.role.setRights	2	landing	other	w	rights					boolean	scope:string id:integer! rights:object|array! additional:string[]				landing/rights/role-model/landing-role-set-rights
landing.site.add	2	landing	add	w	rights					integer	scope:string fields:object!				landing/site/landing-site-add
landing.site.addFolder	2	landing	other	w	rights					integer	scope:string siteId:integer! fields:object!				landing/site/landing-site-add-folder
landing.site.bindingToGroup	2	landing	other	w	rights					boolean	id:integer! groupId:integer!				landing/embedding/knowledge-base/landing-site-binding-to-group
landing.site.bindingToMenu	2	landing	other	w	rights					boolean	id:integer! menuCode:string!				landing/embedding/knowledge-base/landing-site-binding-to-menu
landing.site.delete	2	landing	delete	w	rights					boolean	scope:string id:integer!				landing/site/landing-site-delete
landing.site.fullExport	2	landing	other	r	rights					object|array	id:integer! params:object				landing/site/landing-site-full-export
landing.site.getadditionalfields	2	landing	fields	r	rights					object|array|null	scope:string id:integer!				landing/site/landing-site-get-additional-fields
landing.site.getFolders	2	landing	other	r	rights					object[]	scope:string siteId:integer! filter:object				landing/site/landing-site-get-folders
landing.site.getGroupBindings	2	landing	other	r	rights					object[]	groupId:integer|null				landing/embedding/knowledge-base/landing-site-get-group-bindings
landing.site.getList	2	landing	list	r	rights					object[]	scope:string params:object				landing/site/landing-site-get-list
landing.site.getMenuBindings	2	landing	other	r	rights					object[]	menuCode:string|null				landing/embedding/knowledge-base/landing-site-get-menu-bindings
landing.site.getPreview	2	landing	other	r	rights					string	scope:string id:integer!				landing/site/landing-site-get-preview
landing.site.getPublicUrl	2	landing	other	r	rights					string|object|array	scope:string id:integer|array!				landing/site/landing-site-get-public-url
landing.site.getRights	2	landing	other	r	rights					string[]	id:integer|string!				landing/rights/extended-model/landing-site-get-rights
landing.site.markDelete	2	landing	other	w	rights					integer	scope:string id:integer! mark:boolean				landing/site/landing-site-mark-delete
landing.site.markFolderDelete	2	landing	other	w	rights					boolean	scope:string id:integer! mark:boolean				landing/site/landing-site-mark-folder-delete
landing.site.markFolderUnDelete	2	landing	other	w	rights					boolean	scope:string id:integer!				landing/site/landing-site-mark-folder-undelete
landing.site.markUnDelete	2	landing	other	w	rights					integer	scope:string id:integer!				landing/site/landing-site-mark-undelete
landing.site.publication	2	landing	other	w	rights					integer	scope:string id:integer!				landing/site/landing-site-publication
landing.site.publicationFolder	2	landing	other	w	rights					boolean	scope:string folderId:integer! mark:boolean				landing/site/landing-site-publication-folder
landing.site.setRights	2	landing	other	w	rights					boolean	id:integer|string! rights:object|array				landing/rights/extended-model/landing-site-set-rights
landing.site.unbindingFromGroup	2	landing	other	w	rights					boolean	id:integer! groupId:integer!				landing/embedding/knowledge-base/landing-site-unbinding-from-group
landing.site.unbindingFromMenu	2	landing	other	w	rights					boolean	id:integer! menuCode:string!				landing/embedding/knowledge-base/landing-site-unbinding-from-menu
landing.site.unpublic	2	landing	other	w	rights					integer	scope:string id:integer!				landing/site/landing-site-unpublic
landing.site.unPublicFolder	2	landing	other	w	rights					boolean	scope:string folderId:integer!				landing/site/landing-site-unpublic-folder
landing.site.update	2	landing	update	w	rights					boolean	scope:string id:integer! fields:object!				landing/site/landing-site-update
landing.site.updateFolder	2	landing	other	w	rights					boolean	scope:string siteId:integer! folderId:integer! fields:object!				landing/site/landing-site-update-folder
landing.syspage.deleteForLanding	2	landing	other	w	rights					boolean	scope:string id:integer!				landing/page/special-pages/landing-syspage-delete-for-landing
landing.syspage.deleteForSite	2	landing	other	w	rights					boolean	id:integer!				landing/page/special-pages/landing-syspage-delete-for-site
landing.syspage.get	2	landing	get	r	rights					object	id:integer! active:boolean				landing/page/special-pages/landing-syspage-get
landing.syspage.getSpecialPage	2	landing	other	r	rights					string|null	siteId:integer! type:string! additional:object				landing/page/special-pages/landing-syspage-get-special-page
landing.syspage.set	2	landing	other	w	rights					boolean	id:integer! type:string! lid:integer				landing/page/special-pages/landing-syspage-set
landing.template.getLandingRef	2	landing	other	r	rights					object|boolean	id:integer!				landing/template/landing-template-get-landing-ref
landing.template.getlist	2	landing	list	r	rights					object[]	params:object				landing/template/landing-template-get-list
landing.template.getSiteRef	2	landing	other	r	rights					object|boolean	id:integer!				landing/template/landing-template-get-site-ref
landing.template.setLandingRef	2	landing	other	w	rights					boolean	id:integer! data:object|array				landing/template/landing-template-set-landing-ref
landing.template.setSiteRef	2	landing	other	w	rights					boolean	id:integer! data:object|array				landing/template/landing-template-set-site-ref
lists.add	2	lists	add	w	admin	f				integer	IBLOCK_TYPE_ID:string! IBLOCK_CODE:string! SOCNET_GROUP_ID:integer FIELDS:array! MESSAGES:array RIGHTS:array				lists/lists/lists-add
lists.delete	2	lists	delete	w	rights					boolean	IBLOCK_TYPE_ID:string! IBLOCK_ID:integer? IBLOCK_CODE:string?	IBLOCK_ID|IBLOCK_CODE			lists/lists/lists-delete
lists.element.add	2	lists	add	w	rights	f				integer	IBLOCK_TYPE_ID:string! IBLOCK_ID:integer? IBLOCK_CODE:string? ELEMENT_CODE:string! FIELDS:array! IBLOCK_SECTION_ID:integer LIST_ELEMENT_URL:string	IBLOCK_ID|IBLOCK_CODE			lists/elements/lists-element-add
lists.element.delete	2	lists	delete	w	rights					boolean	IBLOCK_TYPE_ID:string! IBLOCK_ID:integer? IBLOCK_CODE:string? ELEMENT_ID:integer? ELEMENT_CODE:string?	IBLOCK_ID|IBLOCK_CODE;ELEMENT_ID|ELEMENT_CODE			lists/elements/lists-element-delete
lists.element.get	2	lists	list	r	rights		start			array	IBLOCK_TYPE_ID:string! IBLOCK_ID:integer? IBLOCK_CODE:string? ELEMENT_ID:integer? ELEMENT_CODE:string? SELECT:array FILTER:object ELEMENT_ORDER:object start:integer	IBLOCK_ID|IBLOCK_CODE;ELEMENT_ID|ELEMENT_CODE			lists/elements/lists-element-get
lists.element.get.file.url	2	lists	other	r	rights					array	IBLOCK_TYPE_ID:string! IBLOCK_ID:integer? IBLOCK_CODE:string? ELEMENT_ID:integer? ELEMENT_CODE:string? FIELD_ID:integer!	IBLOCK_ID|IBLOCK_CODE;ELEMENT_ID|ELEMENT_CODE			lists/elements/lists-element-get-file-url
lists.element.update	2	lists	update	w	rights	f				boolean	IBLOCK_TYPE_ID:string! IBLOCK_ID:integer? IBLOCK_CODE:string? ELEMENT_ID:integer? ELEMENT_CODE:string? FIELDS:array!	IBLOCK_ID|IBLOCK_CODE;ELEMENT_ID|ELEMENT_CODE			lists/elements/lists-element-update
lists.field.add	2	lists	add	w	rights					string	IBLOCK_TYPE_ID:string! IBLOCK_ID:integer? IBLOCK_CODE:string? FIELDS:array!	IBLOCK_ID|IBLOCK_CODE			lists/fields/lists-field-add
lists.field.delete	2	lists	delete	w	rights					boolean	IBLOCK_TYPE_ID:string! IBLOCK_ID:integer? IBLOCK_CODE:string? FIELD_ID:string!	IBLOCK_ID|IBLOCK_CODE			lists/fields/lists-field-delete
lists.field.get	2	lists	get	r	rights					object	IBLOCK_TYPE_ID:string! IBLOCK_ID:integer? IBLOCK_CODE:string? FIELD_ID:string	IBLOCK_ID|IBLOCK_CODE			lists/fields/lists-field-get
lists.field.type.get	2	lists	get	r	rights					object	IBLOCK_TYPE_ID:string! IBLOCK_ID:integer? IBLOCK_CODE:string? FIELD_ID:integer	IBLOCK_ID|IBLOCK_CODE			lists/fields/lists-field-type-get
lists.field.update	2	lists	update	w	rights					boolean	IBLOCK_TYPE_ID:string! IBLOCK_ID:integer? IBLOCK_CODE:string? FIELDS:array! FIELD_ID:string!	IBLOCK_ID|IBLOCK_CODE			lists/fields/lists-field-update
lists.get	2	lists	list	r	rights		start			array	IBLOCK_TYPE_ID:string! IBLOCK_ID:integer IBLOCK_CODE:string SOCNET_GROUP_ID:integer? IBLOCK_ORDER:object start:integer				lists/lists/lists-get
lists.get.iblock.type.id	2	lists	other	r	rights					string	IBLOCK_ID:integer? IBLOCK_CODE:string?	IBLOCK_ID|IBLOCK_CODE			lists/lists/lists-get-iblock-type-id
lists.section.add	2	lists	add	w	rights	f				integer	IBLOCK_TYPE_ID:string! IBLOCK_ID:integer? IBLOCK_CODE:string? IBLOCK_SECTION_ID:integer SECTION_CODE:string! FIELDS:array!	IBLOCK_ID|IBLOCK_CODE			lists/sections/lists-section-add
lists.section.delete	2	lists	delete	w	rights					boolean	IBLOCK_TYPE_ID:string! IBLOCK_ID:integer? IBLOCK_CODE:string? SECTION_ID:integer? SECTION_CODE:string?	IBLOCK_ID|IBLOCK_CODE;SECTION_ID|SECTION_CODE			lists/sections/lists-section-delete
lists.section.get	2	lists	list	r	rights		start			array	IBLOCK_TYPE_ID:string! IBLOCK_ID:integer? IBLOCK_CODE:string? FILTER:object SELECT:array	IBLOCK_ID|IBLOCK_CODE			lists/sections/lists-section-get
lists.section.update	2	lists	update	w	rights	f				boolean	IBLOCK_TYPE_ID:string! IBLOCK_ID:integer? IBLOCK_CODE:string? SECTION_ID:integer? SECTION_CODE:string? FIELDS:array!	IBLOCK_ID|IBLOCK_CODE;SECTION_ID|SECTION_CODE			lists/sections/lists-section-update
lists.update	2	lists	update	w	rights	f				boolean	IBLOCK_TYPE_ID:string! IBLOCK_ID:integer? IBLOCK_CODE:string? SOCNET_GROUP_ID:integer FIELDS:array! MESSAGES:array RIGHTS:array	IBLOCK_ID|IBLOCK_CODE			lists/lists/lists-update
log.blogcomment.add	2	log	add	w	any	f				integer	POST_ID:integer! TEXT:string! FILES:array USER_ID:integer				log/blogcomment/log-blogcomment-add
log.blogcomment.delete	2	log	delete	w	rights					boolean	COMMENT_ID:integer! USER_ID:integer				log/blogcomment/log-blogcomment-delete
log.blogcomment.user.get	2	log	get	r	any		cursor			object	USER_ID:integer FIRST_ID:integer LAST_ID:integer LIMIT:integer				log/blogcomment/log-blogcomment-user-get
log.blogpost.add	2	log	add	w	any	f				integer	POST_MESSAGE:string! POST_TITLE:string DEST:array SPERM:array FILES:array IMPORTANT:string IMPORTANT_DATE_END:string SITE_ID:string USER_ID:integer TAGS:string BACKGROUND_CODE:string PARSE_PREVIEW:string UF_*:any UF_BLOG_POST_FILE:array UF_BLOG_POST_IMPRTNT:integer UF_IMPRTANT_DATE_END:datetime UF_BLOG_POST_URL_PRV:integer UF_GRATITUDE:integer UF_BLOG_POST_VOTE:integer				log/log-blogpost-add
log.blogpost.delete	2	log	delete	w	rights					boolean	POST_ID:integer!				log/log-blogpost-delete
log.blogpost.get	2	log	list	r	any		start			array	POST_ID:integer LOG_RIGHTS:array LOG_DATE_FROM:string LOG_DATE_TO:string FIRST_ID:integer LAST_ID:integer LIMIT:integer start:integer				log/log-blogpost-get
log.blogpost.getusers.important	2	log	other	r	any					array	POST_ID:integer!				log/log-blogpost-getusers-important
log.blogpost.share	2	log	other	w	rights					boolean	POST_ID:integer! DEST:array! USER_ID:integer				log/log-blogpost-share
log.blogpost.update	2	log	update	w	rights	f				integer	POST_ID:integer! POST_MESSAGE:string POST_TITLE:string DEST:array SPERM:array FILES:array IMPORTANT:string IMPORTANT_DATE_END:string SITE_ID:string USER_ID:integer UF_*:any UF_BLOG_POST_FILE:array UF_BLOG_POST_IMPRTNT:integer UF_IMPRTANT_DATE_END:datetime UF_BLOG_POST_URL_PRV:integer UF_GRATITUDE:integer UF_BLOG_POST_VOTE:integer				log/log-blogpost-update
mail.mailbox.field.get	3	mail	get	r	any				item	object	name:string! select:array				mail/mailbox/mail-mailbox-field-get
mail.mailbox.field.list	3	mail	list	r	any				items	object	select:array				mail/mailbox/mail-mailbox-field-list
mail.mailbox.get	3	mail	get	r	rights				item	object	id:integer! select:array				mail/mailbox/mail-mailbox-get
mail.mailbox.list	3	mail	list	r	any		pagination		items	object	name:string email:string pagination:object				mail/mailbox/mail-mailbox-list	in=pagination
mail.mailbox.senders	3	mail	other	r	any		pagination		items	object	pagination:object				mail/mailbox/mail-mailbox-senders	in=pagination
mail.message.createcalendarevent	3	mail	other	w	rights					object	messageId:integer! dateFrom:string! dateTo:string! name:string description:string				mail/message/mail-message-createcalendarevent
mail.message.createchat	3	mail	other	w	rights					object	messageId:integer!				mail/message/mail-message-createchat
mail.message.createcrmactivity	3	mail	other	w	rights					boolean	messageId:integer!				mail/message/mail-message-createcrmactivity
mail.message.createfeedpost	3	mail	other	w	rights					object	messageId:integer! title:string				mail/message/mail-message-createfeedpost
mail.message.createtask	3	mail	other	w	rights					object	messageId:integer! title:string responsibleId:integer description:string				mail/message/mail-message-createtask
mail.message.field.get	3	mail	get	r	any				item	object	name:string! select:array				mail/message/mail-message-field-get
mail.message.field.list	3	mail	list	r	any				items	object	select:array				mail/message/mail-message-field-list
mail.message.forward	3	mail	other	w	rights					object	forwardMessageId:integer! from:string! to:array! subject:string! body:string! cc:array bcc:array				mail/message/mail-message-forward
mail.message.get	3	mail	get	r	rights				item	object	id:integer! select:array				mail/message/mail-message-get
mail.message.list	3	mail	list	r	any		pagination		items	object	mailboxId:integer searchQuery:string dateFrom:string dateTo:string isSeen:boolean hasAttachments:boolean folder:string pagination:object				mail/message/mail-message-list	in=pagination
mail.message.movetofolder	3	mail	other	w	rights					object	messageIds:array! action:string! folder:string?				mail/message/mail-message-movetofolder
mail.message.removecrmactivity	3	mail	other	w	rights					boolean	messageId:integer!				mail/message/mail-message-removecrmactivity
mail.message.reply	3	mail	other	w	rights					object	replyToMessageId:integer! from:string! to:array! subject:string! body:string! cc:array bcc:array				mail/message/mail-message-reply
mail.message.send	3	mail	other	w	rights					object	from:string! to:array! subject:string! body:string! cc:array bcc:array				mail/message/mail-message-send
mail.message.thread	3	mail	other	r	rights					array	id:integer! limit:integer				mail/message/mail-message-thread
mail.recipient.field.get	3	mail	get	r	any				item	object	name:string! select:array				mail/recipient/mail-recipient-field-get
mail.recipient.field.list	3	mail	list	r	any				items	object	select:array				mail/recipient/mail-recipient-field-list
mail.recipient.listcontacts	3	mail	other	r	any		pagination		items	object	query:string pagination:object				mail/recipient/mail-recipient-listcontacts	in=pagination
mail.recipient.listemployees	3	mail	other	r	any		pagination		items	object	query:string! pagination:object				mail/recipient/mail-recipient-listemployees	in=pagination
mailservice.add	2	mailservice	add	w	admin	f				integer	NAME:string! ACTIVE:string SERVER:string PORT:integer ENCRYPTION:string LINK:string ICON:file|integer|string SORT:integer				mailservice/mailservice-add
mailservice.delete	2	mailservice	delete	w	admin					boolean	ID:integer!				mailservice/mailservice-delete
mailservice.fields	2	mailservice	fields	r	any					object					mailservice/mailservice-fields
mailservice.get	2	mailservice	get	r	any					object	ID:integer!				mailservice/mailservice-get
mailservice.list	2	mailservice	list	r	any					object[]					mailservice/mailservice-list
mailservice.update	2	mailservice	update	w	admin	f				boolean	ID:integer! ACTIVE:string NAME:string SERVER:string PORT:integer ENCRYPTION:string LINK:string ICON:file|integer|string SORT:integer				mailservice/mailservice-update
main.eventlog.field.get	3	main	get	r	admin				item	object	name:string! select:array				event-log/main-eventlog-field-get
main.eventlog.field.list	3	main	list	r	admin				items	object	select:array				event-log/main-eventlog-field-list
main.eventlog.get	3	main	get	r	admin				item	object	id:integer! select:array				event-log/main-eventlog-get
main.eventlog.list	3	main	list	r	admin		pagination	id:id	items	object	select:array filter:array order:object pagination:object				event-log/main-eventlog-list	in=pagination
main.eventlog.tail	3	main	other	r	admin		cursor	id:id	items	object	select:array filter:array cursor:object				event-log/main-eventlog-tail	in=cursor
messageservice.message.status.update	2	messageservice	update	w	rights	a				boolean	CODE:string! MESSAGE_ID:string! STATUS:string!				messageservice/messageservice-message-status-update
messageservice.sender.add	2	messageservice	add	w	admin	a				boolean	CODE:string! TYPE:string! HANDLER:string! NAME:string|object! DESCRIPTION:string|object				messageservice/messageservice-sender-add
messageservice.sender.delete	2	messageservice	delete	w	admin	a				boolean	CODE:string!				messageservice/messageservice-sender-delete
messageservice.sender.list	2	messageservice	list	r	admin	a				array					messageservice/messageservice-sender-list
messageservice.sender.update	2	messageservice	update	w	admin	a				boolean	CODE:string! HANDLER:string? NAME:string|object? DESCRIPTION:string|object?	HANDLER|NAME|DESCRIPTION			messageservice/messageservice-sender-update
method.get	2	basic	get	r	any					object	name:string				common/system/method-get
methods	2	basic	other	r	any	d				array	full:boolean scope:string		method.get		common/system/methods
note.collection.add	3	note	add	w	rights				item	object	fields:object!				note/collection/note-collection-add
note.collection.archive	3	note	other	w	rights				result	object	id:integer!				note/collection/note-collection-archive
note.collection.delete	3	note	delete	w	rights				result	object	id:integer!				note/collection/note-collection-delete
note.collection.field.get	3	note	get	r	rights				item	object	name:string! select:array				note/collection/note-collection-field-get
note.collection.field.list	3	note	list	r	rights				items	object	select:array				note/collection/note-collection-field-list
note.collection.get	3	note	get	r	rights				item	object	id:integer!				note/collection/note-collection-get
note.collection.list	3	note	list	r	rights		cursor		items	object	pagination:object				note/collection/note-collection-list	in=pagination max=200 next=nextCursor:afterCursor
note.collection.update	3	note	update	w	rights				item	object	id:integer! fields:object!				note/collection/note-collection-update
note.document.add	3	note	add	w	rights				item	object	fields:object!				note/document/note-document-add
note.document.archive	3	note	other	w	rights				result	object	id:integer!				note/document/note-document-archive
note.document.delete	3	note	delete	w	rights				result	object	id:integer!				note/document/note-document-delete
note.document.field.get	3	note	get	r	rights				item	object	name:string! select:array				note/document/note-document-field-get
note.document.field.list	3	note	list	r	rights				items	object	select:array				note/document/note-document-field-list
note.document.get	3	note	get	r	rights				item	object	id:integer!				note/document/note-document-get
note.document.search.field.get	3	note	get	r	rights				item	object	name:string! select:array				note/document/note-document-search-field-get
note.document.search.field.list	3	note	list	r	rights				items	object	select:array				note/document/note-document-search-field-list
note.document.search.list	3	note	list	r	rights		pagination		items	object	query:string! pagination:object				note/document/note-document-search-list	in=pagination
note.document.tree.field.get	3	note	get	r	rights				item	object	name:string! select:array				note/document/note-document-tree-field-get
note.document.tree.field.list	3	note	list	r	rights				items	object	select:array				note/document/note-document-tree-field-list
note.document.tree.list	3	note	list	r	rights				items	object	collectionId:integer!				note/document/note-document-tree-list
note.document.update	3	note	update	w	rights				item	object	id:integer! fields:object! overwrite:boolean				note/document/note-document-update
note.file.add	3	note	add	w	rights	f			item	object	documentId:integer! fileName:string! fileContent:string!				note/file/note-file-add
note.file.field.get	3	note	get	r	rights				item	object	name:string! select:array				note/file/note-file-field-get
note.file.field.list	3	note	list	r	rights				items	object	select:array				note/file/note-file-field-list
note.file.get	3	note	get	r	rights				item	object	id:integer! documentId:integer!				note/file/note-file-get
placement.bind	2	placement	other	w	admin	a				boolean	PLACEMENT:string! HANDLER:string! TITLE:string DESCRIPTION:string GROUP_NAME:string LANG_ALL:object OPTIONS:object USER_ID:integer				widgets/placement-bind
placement.get	2	placement	get	r	admin	a				array					widgets/placement-get
placement.list	2	placement	list	r	rights	a				string[]	SCOPE:string FULL:boolean				widgets/placement-list
placement.unbind	2	placement	other	w	admin	a				object	PLACEMENT:string! HANDLER:string USER_ID:integer				widgets/placement-unbind
profile	2	basic	other	r	any					object					common/users/profile
pull.api.user.getLastSeen	2	pull	other	r							userIds:array! sendToQueueSever:boolean
pull.application.config.get	2	pull	get	r	rights	a				object	CACHE:string REOPEN:string				../settings/interactivity/push-and-pull/pull-application-config-get
pull.application.event.add	2	pull	add	w	rights	a				boolean	COMMAND:string! PARAMS:object MODULE_ID:string USER_ID:integer|integer[]				../settings/interactivity/push-and-pull/pull-application-event-add
pull.application.push.add	2	pull	add	w	admin	a				boolean	USER_ID:integer|integer[]! TEXT:string! AVATAR:string				../settings/interactivity/push-and-pull/pull-application-push-add
pull.channel.public.list	2	pull	list	r
pull.config.get	2	pull	get	r							CACHE:string
pull.watch.extend	2	pull	other	w							tags:array!
rest.documentation.openapi	3	basic	other	r		r				object					rest-v3
rest.scope.list	3	basic	list	r							filterModule:string filterController:string filterMethod:string				rest-v3
rpa.comment.add	2	rpa	add	w	any	df			comment	object	typeId:integer itemId:integer fields:object				outdated/rpa/comment/rpa-comment-add
rpa.comment.delete	2	rpa	delete	w	any	d					id:integer!				outdated/rpa/comment/rpa-comment-delete
rpa.comment.update	2	rpa	update	w	any	df					id:integer fields:object				outdated/rpa/comment/rpa-comment-update
rpa.fields.getSettings	2	rpa	other	r	any	d			fields	object	typeId:integer! stageId:integer				outdated/rpa/fields/rpa-fields-get-settings
rpa.fields.setSettings	2	rpa	other	w	any	d					typeId:integer! stageId:integer fields:object!				outdated/rpa/fields/rpa-fields-set-settings
rpa.fields.setVisibilitySettings	2	rpa	other	w	any	d					typeId:integer! visibility:string! stageId:integer fields:array!				outdated/rpa/fields/rpa-fields-set-visibility-settings
rpa.item.add	2	rpa	add	w	any	df					typeId:integer! fields:array				outdated/rpa/item/rpa-item-add
rpa.item.delete	2	rpa	delete	w	any	d					typeId:integer! id:integer!				outdated/rpa/item/rpa-item-delete
rpa.item.get	2	rpa	get	r	any	d			item	object	typeId:integer id:integer				outdated/rpa/item/rpa-item-get
rpa.item.getTasks	2	rpa	other	r	any	d			tasks	object	typeId:integer id:integer				outdated/rpa/item/rpa-item-get-tasks
rpa.item.list	2	rpa	list	r	any	d	start		items	object	typeId:integer order:object filter:object start:integer				outdated/rpa/item/rpa-item-list
rpa.item.update	2	rpa	update	w	any	d					typeId:integer id:integer fields:object!				outdated/rpa/item/rpa-item-update
rpa.stage.add	2	rpa	add	w	any	d					fields:object!				outdated/rpa/stage/rpa-stage-add
rpa.stage.delete	2	rpa	delete	w	any	d					id:integer!				outdated/rpa/stage/rpa-stage-delete
rpa.stage.get	2	rpa	get	r	any	d				object	id:integer!				outdated/rpa/stage/rpa-stage-get
rpa.stage.listForType	2	rpa	list	r	any	d	start		stages	object	typeId:integer! start:integer				outdated/rpa/stage/rpa-stage-list-for-type
rpa.stage.update	2	rpa	update	w	any	d					id:integer fields:array				outdated/rpa/stage/rpa-stage-update
rpa.task.addUser	2	rpa	other	w	any	d					typeId:integer stageId:integer robotName:string userValue:string				outdated/rpa/task/rpa-task-add-user
rpa.task.delete	2	rpa	delete	w	any	d					typeId:integer stageId:integer robotName:string				outdated/rpa/task/rpa-task-delete
rpa.task.do	2	rpa	other	w	any	d									outdated/rpa/task/rpa-task-do
rpa.timeline.add	2	rpa	add	w	any	d			timeline	object	typeId:integer itemId:integer fields:object				outdated/rpa/timeline/rpa-timeline-add
rpa.timeline.delete	2	rpa	delete	w	any	d					id:integer!				outdated/rpa/timeline/rpa-timeline-delete
rpa.timeline.listForItem	2	rpa	list	r	any	d	start		timeline	object	typeId:integer itemId:integer start:integer				outdated/rpa/timeline/rpa-timeline-list-for-item
rpa.timeline.update	2	rpa	update	w	any	d					id:integer fields:object				outdated/rpa/timeline/rpa-timeline-update
rpa.timeline.updateIsFixed	2	rpa	other	w	any	d			timeline	object	id:integer isFixed:string				outdated/rpa/timeline/rpa-timeline-update-is-fixed
rpa.type.add	2	rpa	add	w	any	d					fields:array!				outdated/rpa/type/rpa-type-add
rpa.type.delete	2	rpa	delete	w	any	d					id:integer!				outdated/rpa/type/rpa-type-delete
rpa.type.get	2	rpa	get	r	any	d			type	object	id:integer!				outdated/rpa/type/rpa-type-get
rpa.type.list	2	rpa	list	r	any	d	start		types	object	select:array order:object filter:object start:integer				outdated/rpa/type/rpa-type-list
rpa.type.update	2	rpa	update	w	any	d					id:integer fields:array				outdated/rpa/type/rpa-type-update
sale.basketitem.add	2	sale	add	w	admin				basketItem	object	fields:object!				sale/basket-item/sale-basket-item-add
sale.basketitem.addCatalogProduct	2	sale	other	w	admin				basketItem	object	fields:object!				sale/basket-item/sale-basket-item-add-catalog-product
sale.basketitem.delete	2	sale	delete	w	admin					boolean	id:sale_basket_item.id!				sale/basket-item/sale-basket-item-delete
sale.basketitem.get	2	sale	get	r	rights				basketItem	object	id:sale_basket_item.id!				sale/basket-item/sale-basket-item-get
sale.basketitem.getFields	2	sale	fields	r	rights				basketItem	object					sale/basket-item/sale-basket-item-get-fields
sale.basketitem.getFieldsCatalogProduct	2	sale	other	r	rights				basketItem	object					sale/basket-item/sale-basket-item-get-catalog-product-fields
sale.basketitem.list	2	sale	list	r	rights		start	id:id	basketItems	object	select:array filter:object order:object start:integer				sale/basket-item/sale-basket-item-list
sale.basketitem.update	2	sale	update	w	admin				basketItem	object	id:sale_basket_item.id! fields:object!				sale/basket-item/sale-basket-item-update
sale.basketitem.updateCatalogProduct	2	sale	other	w	admin				basketItem	object	id:sale_basket_item.id! fields:object!				sale/basket-item/sale-basket-item-update-catalog-product
sale.basketproperties.add	2	sale	add	w	admin				basketProperty	object	fields:object!				sale/basket-properties/sale-basket-properties-add
sale.basketproperties.delete	2	sale	delete	w	rights					boolean	id:sale_basket_item_property.id!				sale/basket-properties/sale-basket-properties-delete
sale.basketproperties.get	2	sale	get	r	rights				basketProperty	object	id:sale_basket_item_property.id!				sale/basket-properties/sale-basket-properties-get
sale.basketproperties.getFields	2	sale	fields	r	rights				basketProperties	object					sale/basket-properties/sale-basket-properties-get-fields
sale.basketproperties.list	2	sale	list	r	rights		start		basketProperties	object	select:array filter:object order:object start:integer				sale/basket-properties/sale-basket-properties-list
sale.basketproperties.update	2	sale	update	w	admin				basketProperty	object	id:sale_basket_item_property.id! fields:object!				sale/basket-properties/sale-basket-properties-update
sale.businessValuePersonDomain.add	2	sale	add	w	admin				businessValuePersonDomain	object	fields:object!				sale/business-value-person-domain/sale-business-value-person-domain-add
sale.businessValuePersonDomain.deleteByFilter	2	sale	other	w	admin					boolean	fields:object!				sale/business-value-person-domain/sale-business-value-person-domain-delete-by-filter
sale.businessValuePersonDomain.getFields	2	sale	fields	r	admin				businessValuePersonDomain	object					sale/business-value-person-domain/sale-business-value-person-domain-get-fields
sale.businessValuePersonDomain.list	2	sale	list	r	admin		start		businessValuePersonDomains	object	select:array filter:object order:object start:integer				sale/business-value-person-domain/sale-business-value-person-domain-list
sale.cashbox.add	2	cashbox	add	w	crmAdmin					integer	NAME:string! REST_CODE:sale_cashbox_handler.CODE! EMAIL:string! OFD:string OFD_SETTINGS:object NUMBER_KKM:string ACTIVE:string SORT:integer USE_OFFLINE:string SETTINGS:array				sale/cashbox/sale-cashbox-add
sale.cashbox.check.apply	2	cashbox	other	w	crmAdmin					boolean	UUID:string! PRINT_END_TIME:string REG_NUMBER_KKT:string FISCAL_DOC_ATTR:string FISCAL_DOC_NUMBER:string FISCAL_RECEIPT_NUMBER:string FN_NUMBER:string SHIFT_NUMBER:string				sale/cashbox/sale-cashbox-check-apply
sale.cashbox.delete	2	cashbox	delete	w	crmAdmin					boolean	ID:sale_cashbox.ID!				sale/cashbox/sale-cashbox-delete
sale.cashbox.handler.add	2	cashbox	add	w	crmAdmin					integer	CODE:string! NAME:string! SORT:integer SUPPORTS_FFD105:string SETTINGS:object!				sale/cashbox/sale-cashbox-handler-add
sale.cashbox.handler.delete	2	cashbox	delete	w	crmAdmin					boolean	ID:sale_cashbox_handler.ID!				sale/cashbox/sale-cashbox-handler-delete
sale.cashbox.handler.list	2	cashbox	list	r	crmAdmin					sale_cashbox_handler[]					sale/cashbox/sale-cashbox-handler-list
sale.cashbox.handler.update	2	cashbox	update	w	crmAdmin					boolean	ID:sale_cashbox_handler.ID! FIELDS:object!				sale/cashbox/sale-cashbox-handler-update
sale.cashbox.list	2	cashbox	list	r	crmAdmin					sale_cashbox[]	SELECT:array FILTER:object ORDER:object				sale/cashbox/sale-cashbox-list
sale.cashbox.update	2	cashbox	update	w	crmAdmin					boolean	ID:sale_cashbox.ID! FIELDS:object!				sale/cashbox/sale-cashbox-update
sale.delivery.add	2	sale	add	w	crmAdmin	f				object	REST_CODE:string! NAME:string! CURRENCY:crm_currency.CURRENCY! DESCRIPTION:string SORT:integer ACTIVE:string CONFIG:object[] LOGOTYPE:string				sale/delivery/delivery/sale-delivery-add
sale.delivery.config.get	2	sale	get	r	crmAdmin					object[]	ID:sale_delivery_service.ID!				sale/delivery/delivery/sale-delivery-config-get
sale.delivery.config.update	2	sale	update	w	crmAdmin					boolean	ID:sale_delivery_service.ID! CONFIG:object[]				sale/delivery/delivery/sale-delivery-config-update
sale.delivery.delete	2	sale	delete	w	crmAdmin					boolean	ID:sale_delivery_service.ID!				sale/delivery/delivery/sale-delivery-delete
sale.delivery.extra.service.add	2	delivery	add	w	admin					integer	DELIVERY_ID:sale_delivery_service.ID! TYPE:string! NAME:string! ACTIVE:string CODE:string SORT:integer DESCRIPTION:string PRICE:double ITEMS:object[]!				sale/delivery/extra-service/sale-delivery-extra-service-add
sale.delivery.extra.service.delete	2	delivery	delete	w	admin					boolean	ID:sale_delivery_extra_service.ID!				sale/delivery/extra-service/sale-delivery-extra-service-delete
sale.delivery.extra.service.get	2	delivery	get	r	admin					sale_delivery_extra_service[]	DELIVERY_ID:sale_delivery_service.ID!				sale/delivery/extra-service/sale-delivery-extra-service-get
sale.delivery.extra.service.update	2	delivery	update	w	admin					boolean	ID:sale_delivery_extra_service.ID! NAME:string ACTIVE:string CODE:string SORT:integer DESCRIPTION:string PRICE:double ITEMS:object[]				sale/delivery/extra-service/sale-delivery-extra-service-update
sale.delivery.getlist	2	sale	list	r	crmAdmin					sale_delivery_service[]	SELECT:array FILTER:object ORDER:object				sale/delivery/delivery/sale-delivery-get-list
sale.delivery.handler.add	2	sale	add	w	crmAdmin					integer	NAME:string! CODE:string! SORT:integer DESCRIPTION:integer SETTINGS:object! PROFILES:object[]!				sale/delivery/handler/sale-delivery-handler-add
sale.delivery.handler.delete	2	sale	delete	w	crmAdmin					boolean	ID:sale_delivery_handler.ID!				sale/delivery/handler/sale-delivery-handler-delete
sale.delivery.handler.list	2	sale	list	r	crmAdmin					sale_delivery_handler[]					sale/delivery/handler/sale-delivery-handler-list
sale.delivery.handler.update	2	sale	update	w	crmAdmin					boolean	ID:sale_delivery_handler.ID! NAME:string CODE:string SORT:integer DESCRIPTION:string SETTINGS:object PROFILES:object[]				sale/delivery/handler/sale-delivery-handler-update
sale.delivery.request.delete	2	delivery	delete	w	admin					boolean	DELIVERY_ID:sale_delivery_service.ID! REQUEST_ID:string!				sale/delivery/delivery-request/sale-delivery-request-delete
sale.delivery.request.sendmessage	2	delivery	other	w	admin					boolean	DELIVERY_ID:sale_delivery_service.ID! REQUEST_ID:string! ADDRESSEE:string! MESSAGE:object!				sale/delivery/delivery-request/sale-delivery-request-send-message
sale.delivery.request.update	2	delivery	update	w	admin					boolean	DELIVERY_ID:sale_delivery_service.ID! REQUEST_ID:string! FINALIZE:string STATUS:object PROPERTIES:object[] OVERWRITE_PROPERTIES:string				sale/delivery/delivery-request/sale-delivery-request-update
sale.delivery.update	2	sale	update	w	crmAdmin	f				boolean	ID:sale_delivery_service.ID! NAME:string CURRENCY:crm_currency.CURRENCY DESCRIPTION:string SORT:integer ACTIVE:string LOGOTYPE:string				sale/delivery/delivery/sale-delivery-update
sale.order.add	2	sale	add	w	admin				order	object	fields:object!				sale/order/sale-order-add
sale.order.delete	2	sale	delete	w	admin					boolean	id:sale_order.id!				sale/order/sale-order-delete
sale.order.get	2	sale	get	r	admin				order	object	id:sale_order.id!				sale/order/sale-order-get
sale.order.getFields	2	sale	fields	r	admin				order	object					sale/order/sale-order-get-fields
sale.order.list	2	sale	list	r	admin		start	id:id	orders	object	select:array filter:object order:object start:integer				sale/order/sale-order-list
sale.order.update	2	sale	update	w	admin				order	object	id:sale_order.id! fields:object!				sale/order/sale-order-update
sale.payment.add	2	sale	add	w	admin				payment	object	fields:object!				sale/payment/sale-payment-add
sale.payment.delete	2	sale	delete	w	admin					boolean	id:sale_order_payment.id!				sale/payment/sale-payment-delete
sale.payment.get	2	sale	get	r	admin				payment	object	id:sale_order_payment.id!				sale/payment/sale-payment-get
sale.payment.getfields	2	sale	fields	r	admin				payment	object					sale/payment/sale-payment-get-fields
sale.payment.list	2	sale	list	r	admin		start	id:id	payments	object	select:array filter:object order:object start:integer				sale/payment/sale-payment-list
sale.payment.update	2	sale	update	w	admin				payment	object	id:sale_order_payment.id! fields:object!				sale/payment/sale-payment-update
sale.paymentitembasket.add	2	sale	add	w	admin				paymentItemBasket	object	fields:object!				sale/payment-item-basket/sale-payment-item-basket-add
sale.paymentitembasket.delete	2	sale	delete	w	admin					boolean	id:sale_payment_item_basket.id!				sale/payment-item-basket/sale-payment-item-basket-delete
sale.paymentitembasket.get	2	sale	get	r	admin				paymentItemBasket	object	id:sale_payment_item_basket.id!				sale/payment-item-basket/sale-payment-item-basket-get
sale.paymentitembasket.getfields	2	sale	fields	r	admin				paymentItemBasket	object					sale/payment-item-basket/sale-payment-item-basket-get-fields
sale.paymentitembasket.list	2	sale	list	r	admin		start		paymentItemsBasket	object	select:array filter:object order:object start:integer				sale/payment-item-basket/sale-payment-item-basket-list
sale.paymentitembasket.update	2	sale	update	w	admin				paymentItemBasket	object	id:sale_payment_item_basket.id! fields:object!				sale/payment-item-basket/sale-payment-item-basket-update
sale.paymentitemshipment.add	2	sale	add	w	admin				paymentItemShipment	object	fields:object!				sale/payment-item-shipment/sale-payment-item-shipment-add
sale.paymentitemshipment.delete	2	sale	delete	w	admin					boolean	id:sale_payment_item_shipment.id!				sale/payment-item-shipment/sale-payment-item-shipment-delete
sale.paymentitemshipment.get	2	sale	get	r	admin				paymentItemShipment	object	id:sale_payment_item_shipment.id!				sale/payment-item-shipment/sale-payment-item-shipment-get
sale.paymentitemshipment.getfields	2	sale	fields	r	admin				paymentItemShipment	object					sale/payment-item-shipment/sale-payment-item-shipment-get-fields
sale.paymentitemshipment.list	2	sale	list	r	admin		start		paymentItemsShipment	object	select:array filter:object order:object start:integer				sale/payment-item-shipment/sale-payment-item-shipment-list
sale.paymentitemshipment.update	2	sale	update	w	admin				paymentItemShipment	object	id:sale_payment_item_shipment.id! fields:object!				sale/payment-item-shipment/sale-payment-item-shipment-update
sale.paysystem.add	2	pay_system	add	w	crmAdmin	f				integer	NAME:string! DESCRIPTION:string PERSON_TYPE_ID:sale_person_type.id! BX_REST_HANDLER:sale_paysystem_handler.CODE! ACTIVE:string SETTINGS:object ENTITY_REGISTRY_TYPE:string LOGOTYPE:string NEW_WINDOW:string XML_ID:string				pay-system/sale-pay-system-add
sale.paysystem.delete	2	pay_system	delete	w	crmAdmin					boolean	ID:sale_paysystem.ID!				pay-system/sale-pay-system-delete
sale.paysystem.handler.add	2	pay_system	add	w	crmAdmin					integer	NAME:string! SORT:integer CODE:string! SETTINGS:object!				pay-system/sale-pay-system-handler-add
sale.paysystem.handler.delete	2	pay_system	delete	w	crmAdmin					boolean	ID:sale_paysystem_handler.ID!				pay-system/sale-pay-system-handler-delete
sale.paysystem.handler.list	2	pay_system	list	r	crmAdmin					sale_paysystem_handler[]					pay-system/sale-pay-system-handler-list
sale.paysystem.handler.update	2	pay_system	update	w	crmAdmin					boolean	ID:sale_paysystem_handler.ID! FIELDS:object!				pay-system/sale-pay-system-handler-update
sale.paysystem.list	2	pay_system	list	r	crmAdmin					sale_paysystem[]	SELECT:array FILTER:object ORDER:object				pay-system/sale-pay-system-list
sale.paysystem.pay.invoice	2	pay_system	other	w	rights	d				boolean	INVOICE_ID:integer! PAY_SYSTEM_ID:sale_paysystem.ID? BX_REST_HANDLER:string?	PAY_SYSTEM_ID|BX_REST_HANDLER			pay-system/outdated/sale-pay-system-pay-invoice
sale.paysystem.pay.payment	2	pay_system	other	w	rights					boolean	PAYMENT_ID:sale_order_payment.id! PAY_SYSTEM_ID:sale_paysystem.ID!				pay-system/sale-pay-system-pay-payment
sale.paysystem.settings.get	2	pay_system	get	r	crmAdmin					object	ID:sale_paysystem.ID! PERSON_TYPE_ID:sale_person_type.id!				pay-system/sale-pay-system-settings-get
sale.paysystem.settings.invoice.get	2	pay_system	get	r	rights	d				object	INVOICE_ID:integer! PAY_SYSTEM_ID:sale_paysystem.ID? BX_REST_HANDLER:sale_paysystem.ACTION_FILE?	PAY_SYSTEM_ID|BX_REST_HANDLER			pay-system/outdated/sale-pay-system-settings-invoice-get
sale.paysystem.settings.payment.get	2	pay_system	get	r	rights					object	PAYMENT_ID:sale_order_payment.id! PAY_SYSTEM_ID:sale_paysystem.ID!				pay-system/sale-pay-system-settings-payment-get
sale.paysystem.settings.update	2	pay_system	update	w	crmAdmin					boolean	ID:sale_paysystem.ID! PERSON_TYPE_ID:sale_person_type.id SETTINGS:object!				pay-system/sale-pay-system-settings-update
sale.paysystem.update	2	pay_system	update	w	crmAdmin	f				boolean	ID:sale_paysystem.ID! FIELDS:object				pay-system/sale-pay-system-update
sale.persontype.add	2	sale	add	w	admin				personType	object	fields:object!				sale/person-type/sale-person-type-add
sale.persontype.delete	2	sale	delete	w	admin					boolean	id:sale_person_type.id!				sale/person-type/sale-person-type-delete
sale.persontype.get	2	sale	get	r	admin				personType	object	id:sale_person_type.id!				sale/person-type/sale-person-type-get
sale.persontype.getFields	2	sale	fields	r	admin				personType	object					sale/person-type/sale-person-type-get-fields
sale.persontype.list	2	sale	list	r	admin		start		personTypes	object	select:array filter:object order:object start:integer				sale/person-type/sale-person-type-list
sale.persontype.update	2	sale	update	w	admin				personType	object	id:sale_person_type.id! fields:object!				sale/person-type/sale-person-type-update
sale.property.add	2	sale	add	w	admin	f			property	object	fields:object!				sale/property/sale-property-add
sale.property.delete	2	sale	delete	w	admin					boolean	id:sale_order_property.id!				sale/property/sale-property-delete
sale.property.get	2	sale	get	r	admin				property	object	id:sale_order_property.id!				sale/property/sale-property-get
sale.property.getfieldsbytype	2	sale	other	r	admin				property	object	type:string!				sale/property/sale-property-get-fields-by-type
sale.property.list	2	sale	list	r	admin		start		properties	object	select:array filter:object order:object start:integer				sale/property/sale-property-list
sale.property.update	2	sale	update	w	admin	f			property	object	id:sale_order_property.id! fields:object!				sale/property/sale-property-update
sale.propertygroup.add	2	sale	add	w	admin				propertyGroup	object	fields:object!				sale/property-group/sale-property-group-add
sale.propertygroup.delete	2	sale	delete	w	admin					boolean	id:sale_order_property_group.id!				sale/property-group/sale-property-group-delete
sale.propertygroup.get	2	sale	get	r	admin				propertyGroup	object	id:sale_order_property_group.id!				sale/property-group/sale-property-group-get
sale.propertygroup.getFields	2	sale	fields	r	admin				propertyGroup	object					sale/property-group/sale-property-group-get-fields
sale.propertygroup.list	2	sale	list	r	admin		start		propertyGroups	object	select:array filter:object order:object				sale/property-group/sale-property-group-list
sale.propertygroup.update	2	sale	update	w	admin				propertyGroup	object	id:sale_order_property_group.id! fields:object!				sale/property-group/sale-property-group-update
sale.propertyRelation.add	2	sale	add	w	admin				propertyRelation	object	fields:object!				sale/property-relation/sale-property-relation-add
sale.propertyRelation.deleteByFilter	2	sale	other	w	admin					boolean	fields:object!				sale/property-relation/sale-property-relation-delete-by-filter
sale.propertyRelation.getFields	2	sale	fields	r	admin				propertyRelation	object					sale/property-relation/sale-property-relation-get-fields
sale.propertyRelation.list	2	sale	list	r	admin		start		propertyRelations	object	select:array filter:object order:object start:integer				sale/property-relation/sale-property-relation-list
sale.propertyvalue.delete	2	sale	delete	w	admin					boolean	id:sale_order_property_value.id!				sale/property-value/sale-property-value-delete
sale.propertyvalue.get	2	sale	get	r	admin				propertyValue	object	id:sale_order_property_value.id!				sale/property-value/sale-property-value-get
sale.propertyvalue.getFields	2	sale	fields	r	admin				propertyValue	object					sale/property-value/sale-property-value-get-fields
sale.propertyvalue.list	2	sale	list	r	admin		start		propertyValues	object	select:array filter:object order:object start:integer				sale/property-value/sale-property-value-list
sale.propertyvalue.modify	2	sale	other	w	admin	f			propertyValues	object	fields:object!				sale/property-value/sale-property-value-modify
sale.propertyvariant.add	2	sale	add	w	admin				propertyVariant	object	fields:object!				sale/property-variant/sale-property-variant-add
sale.propertyvariant.delete	2	sale	delete	w	admin					boolean	id:sale_order_property_variant.id!				sale/property-variant/sale-property-variant-delete
sale.propertyvariant.get	2	sale	get	r	admin				propertyVariant	object	id:sale_order_property_variant.id!				sale/property-variant/sale-property-variant-get
sale.propertyvariant.getFields	2	sale	fields	r	admin				propertyVariant	object					sale/property-variant/sale-property-variant-get-fields
sale.propertyvariant.list	2	sale	list	r	admin		start		propertyVariants	object	select:array filter:object order:object				sale/property-variant/sale-property-variant-list
sale.propertyvariant.update	2	sale	update	w	admin				propertyVariant	object	id:sale_order_property_variant.id! fields:object!				sale/property-variant/sale-property-variant-update
sale.shipment.add	2	sale	add	w	admin				shipment	object	fields:object!				sale/shipment/sale-shipment-add
sale.shipment.delete	2	sale	delete	w	admin					boolean	id:sale_order_shipment.id!				sale/shipment/sale-shipment-delete
sale.shipment.get	2	sale	get	r	admin				shipment	object	id:sale_order_shipment.id!				sale/shipment/sale-shipment-get
sale.shipment.getFields	2	sale	fields	r	admin				shipment	object					sale/shipment/sale-shipment-get-fields
sale.shipment.list	2	sale	list	r	admin		start	id:id	shipments	object	select:array filter:object order:object start:integer				sale/shipment/sale-shipment-list
sale.shipment.update	2	sale	update	w	admin				shipment	object	id:sale_order_shipment.id! fields:object!				sale/shipment/sale-shipment-update
sale.shipmentitem.add	2	sale	add	w	admin				shipmentItem	object	fields:object!				sale/shipment-item/sale-shipment-item-add
sale.shipmentitem.delete	2	sale	delete	w	admin					boolean	id:sale_order_shipment_item.id!				sale/shipment-item/sale-shipment-item-delete
sale.shipmentitem.get	2	sale	get	r	admin				shipmentItem	object	id:sale_order_shipment_item.id!				sale/shipment-item/sale-shipment-item-get
sale.shipmentitem.getfields	2	sale	fields	r	admin				shipmentItem	object					sale/shipment-item/sale-shipment-item-get-fields
sale.shipmentitem.list	2	sale	list	r	admin		start		shipmentItems	object	select:array filter:object order:object start:integer				sale/shipment-item/sale-shipment-item-list
sale.shipmentitem.update	2	sale	update	w	admin				shipmentItem	object	id:sale_order_shipment_item.id! fields:object!				sale/shipment-item/sale-shipment-item-update
sale.shipmentproperty.add	2	sale	add	w	admin				property	object	fields:object!				sale/shipment-property/sale-shipment-property-add
sale.shipmentproperty.delete	2	sale	delete	w	admin					boolean	id:sale_shipment_property.id!				sale/shipment-property/sale-shipment-property-delete
sale.shipmentproperty.get	2	sale	get	r	admin				property	object	id:sale_shipment_property.id!				sale/shipment-property/sale-shipment-property-get
sale.shipmentproperty.getfieldsbytype	2	sale	other	r	admin				property	object	type:string!				sale/shipment-property/sale-shipment-property-get-fields-by-type
sale.shipmentproperty.list	2	sale	list	r	admin		start		properties	object	select:array filter:object order:object start:integer				sale/shipment-property/sale-shipment-property-list
sale.shipmentproperty.update	2	sale	update	w	admin				property	object	id:sale_shipment_property.id! fields:object!				sale/shipment-property/sale-shipment-property-update
sale.shipmentpropertyvalue.delete	2	sale	delete	w	admin					boolean	id:sale_shipment_property_value.id!				sale/shipment-property-value/sale-shipment-propertyvalue-delete
sale.shipmentpropertyvalue.get	2	sale	get	r	admin				propertyValue	object	id:sale_shipment_property_value.id!				sale/shipment-property-value/sale-shipment-property-value-get
sale.shipmentpropertyvalue.getfields	2	sale	fields	r	admin				propertyValue	object					sale/shipment-property-value/sale-shipment-property-value-get-fields
sale.shipmentpropertyvalue.list	2	sale	list	r	admin		start		propertyValues	object	select:array filter:object order:object start:integer				sale/shipment-property-value/sale-shipment-property-value-list
sale.shipmentpropertyvalue.modify	2	sale	other	w	admin				propertyValues	object	fields:object!				sale/shipment-property-value/sale-shipment-property-value-modify
sale.status.add	2	sale	add	w	admin				status	object	fields:object!				sale/status/sale-status-add
sale.status.delete	2	sale	delete	w	admin					boolean	id:sale_status.id!				sale/status/sale-status-delete
sale.status.get	2	sale	get	r	admin				status	object	id:sale_status.id!				sale/status/sale-status-get
sale.status.getfields	2	sale	fields	r	admin				status	object					sale/status/sale-status-get-fields
sale.status.list	2	sale	list	r	admin		start		statuses	object	select:array filter:object order:object start:integer				sale/status/sale-status-list
sale.status.update	2	sale	update	w	admin				status	object	id:sale_status.id! fields:object!				sale/status/sale-status-update
sale.statusLang.add	2	sale	add	w	admin				statusLang	object	fields:object!				sale/status-lang/sale-status-lang-add
sale.statusLang.deleteByFilter	2	sale	other	w	admin					boolean	fields:object!				sale/status-lang/sale-status-lang-delete-by-filter
sale.statusLang.getFields	2	sale	fields	r	admin				statusLang	object					sale/status-lang/sale-status-lang-get-fields
sale.statusLang.getListLangs	2	sale	other	r	admin		start		langs	object					sale/status-lang/sale-status-lang-get-list-langs
sale.statusLang.list	2	sale	list	r	admin		start		statusLangs	object	select:array filter:object order:object start:integer				sale/status-lang/sale-status-lang-list
sale.tradeBinding.getFields	2	sale	fields	r	rights				tradeBinding	object					sale/trade-binding/sale-trade-binding-get-fields
sale.tradeBinding.list	2	sale	list	r	rights		start		tradeBindings	object	select:array filter:object order:object start:integer				sale/trade-binding/sale-trade-binding-list
sale.tradePlatform.getFields	2	sale	fields	r	rights				tradePlatform	object					sale/trade-platform/sale-trade-platform-get-fields
sale.tradePlatform.list	2	sale	list	r	rights		start		tradePlatforms	object	select:array filter:object order:object start:integer				sale/trade-platform/sale-trade-platform-list
salescenter.payment.getPublicUrl	2	salescenter	other	r	any				payment	object	id:sale_order_payment.id!				crm/universal/payment/salescenter-payment-get-public-url
scope	2	basic	other	r	any					array	full:boolean				common/system/scope
server.time	2	basic	other	r	any					string					common/system/server-time
sign.b2e.company.provider.list	2	sign.b2e,crm	list	r	rights	a	offset			array	companyUuid:string? companyCrmId:integer? language:string limit:integer offset:integer	companyUuid|companyCrmId			sign/sign-b2e-company-provider-list
sign.b2e.document.get	2	sign.b2e,crm	get	r	rights	a				object	uid:string language:string				sign/sign-b2e-document-get
sign.b2e.document.send	2	sign.b2e,crm	other	w	rights	af				object	fields:object! language:string				sign/sign-b2e-document-send
sign.b2e.hcmlink.document.get	2	sign.b2e	get	r	admin	a				object	id:integer!				sign/sign-b2e-hcmlink-document-get
sign.b2e.mysafe.tail	2	sign.b2e	other	r	rights	a	offset			array	limit:integer offset:integer				sign/sign-b2e-mysafe-tail
sign.b2e.personal.tail	2	sign.b2e	other	r	rights	a	offset			array	limit:integer offset:integer				sign/sign-b2e-personal-tail
socialnetwork.api.workgroup.get	2	socialnetwork	get	r	any					object	params:object!				sonet-group/socialnetwork-api-workgroup-get
socialnetwork.api.workgroup.list	2	socialnetwork	list	r	any		start		workgroups	object	filter:object select:array order:object params:object start:integer				sonet-group/socialnetwork-api-workgroup-list
sonet_group.create	2	sonet_group	add	w	rights	f				integer	NAME:string! DESCRIPTION:string VISIBLE:string OPENED:string CLOSED:string KEYWORDS:string INITIATE_PERMS:string PROJECT:string PROJECT_DATE_START:datetime PROJECT_DATE_FINISH:datetime SCRUM_MASTER_ID:integer OWNER_ID:integer IMAGE:file IMAGE_FILE_ID:integer SITE_ID:array SUBJECT_ID:integer				sonet-group/sonet-group-create
sonet_group.delete	2	sonet_group	delete	w	rights					boolean	GROUP_ID:integer!				sonet-group/sonet-group-delete
sonet_group.feature.access	2	sonet_group	other	r	any					boolean	GROUP_ID:integer! FEATURE:string! OPERATION:string!				sonet-group/sonet-group-feature-access
sonet_group.get	2	sonet_group	list	r	any		start			array	ORDER:object FILTER:object GROUP_ID:integer IS_ADMIN:string start:integer				sonet-group/sonet-group-get
sonet_group.setowner	2	sonet_group	other	w	rights					boolean	GROUP_ID:integer! USER_ID:integer!				sonet-group/sonet-group-setowner
sonet_group.update	2	sonet_group	update	w	rights	f				integer	GROUP_ID:integer! NAME:string DESCRIPTION:string VISIBLE:string OPENED:string CLOSED:string KEYWORDS:string INITIATE_PERMS:string PROJECT_DATE_START:datetime PROJECT_DATE_FINISH:datetime OWNER_ID:integer IMAGE:file IMAGE_FILE_ID:integer SITE_ID:array				sonet-group/sonet-group-update
sonet_group.user.add	2	sonet_group	add	w	admin					array	GROUP_ID:integer! USER_ID:integer|integer[]!				sonet-group/members/sonet-group-user-add
sonet_group.user.delete	2	sonet_group	delete	w	admin					array	GROUP_ID:integer! USER_ID:integer|integer[]!				sonet-group/members/sonet-group-user-delete
sonet_group.user.get	2	sonet_group	get	r	any					array	ID:integer!				sonet-group/members/sonet-group-user-get
sonet_group.user.groups	2	sonet_group	other	r	any					array					sonet-group/sonet-group-user-groups
sonet_group.user.invite	2	sonet_group	other	w	rights					array	GROUP_ID:integer! USER_ID:integer|integer[]! MESSAGE:string				sonet-group/members/sonet-group-user-invite
sonet_group.user.request	2	sonet_group	other	w	rights					boolean	GROUP_ID:integer! MESSAGE:string				sonet-group/members/sonet-group-user-request
sonet_group.user.update	2	sonet_group	update	w	admin					array	GROUP_ID:integer! USER_ID:integer|integer[]! ROLE:string!				sonet-group/members/sonet-group-user-update
task.checklistitem.add	2	task	add	w	rights	p				integer	TASKID:integer! FIELDS:object!				tasks/checklist-item/task-checklist-item-add
task.checklistitem.complete	2	task	other	w	any	p				boolean	TASKID:integer! ITEMID:integer!				tasks/checklist-item/task-checklist-item-complete
task.checklistitem.delete	2	task	delete	w	rights	p				boolean	TASKID:integer! ITEMID:integer!				tasks/checklist-item/task-checklist-item-delete
task.checklistitem.get	2	task	get	r	rights	p				object	TASKID:integer! ITEMID:integer!				tasks/checklist-item/task-checklist-item-get
task.checklistitem.getlist	2	task	list	r	rights	p				array	TASKID:integer! ORDER:object				tasks/checklist-item/task-checklist-item-get-list
task.checklistitem.getmanifest	2	task	other	r	any					object					tasks/checklist-item/task-checklist-item-get-manifest
task.checklistitem.isactionallowed	2	task	other	r	any	p				boolean	TASKID:integer! ITEMID:integer! ACTIONID:integer!				tasks/checklist-item/task-checklist-item-is-action-allowed
task.checklistitem.moveafteritem	2	task	other	w		p				null	TASKID:integer! ITEMID:integer! AFTERITEMID:integer!				tasks/checklist-item/task-checklist-item-move-after-item
task.checklistitem.renew	2	task	other	w	any	p				boolean	TASKID:integer! ITEMID:integer!				tasks/checklist-item/task-checklist-item-renew
task.checklistitem.update	2	task	update	w	rights	p				null	TASKID:integer! ITEMID:integer! FIELDS:object!				tasks/checklist-item/task-checklist-item-update
task.comment.add	2	task	add	w	any	dp					TASKID:integer COMMENTTEXT:any		tasks.task.chat.message.send		tasks/deprecated/task-comment-add
task.commentitem.add	2	task	add	w	rights	dp				integer	TASKID:integer! FIELDS:object!		tasks.task.chat.message.send		tasks/comment-item/task-comment-item-add
task.commentitem.delete	2	task	delete	w	admin	dp				boolean	TASKID:integer! ITEMID:integer!		im.message.delete		tasks/comment-item/task-comment-item-delete
task.commentitem.get	2	task	get	r	rights	dp				object	TASKID:integer! ITEMID:integer!		im.dialog.messages.get		tasks/comment-item/task-comment-item-get
task.commentitem.getlist	2	task	list	r	rights	dp				array	TASKID:integer! ORDER:object FILTER:object		im.dialog.messages.get		tasks/comment-item/task-comment-item-get-list
task.commentitem.getmanifest	2	task	other	r	any					object					tasks/comment-item/task-comment-item-get-manifest
task.commentitem.isactionallowed	2	task	other	r	any	p				boolean	TASKID:integer! ITEMID:integer! ACTIONID:integer!				tasks/comment-item/task-comment-item-is-action-allowed
task.commentitem.update	2	task	update	w	admin	dp				boolean	TASKID:integer! ITEMID:integer! FIELDS:object!		im.message.update		tasks/comment-item/task-comment-item-update
task.dependence.add	2	task	add	w	any					object	taskIdFrom:integer! taskIdTo:integer! linkType:integer!				tasks/task-dependence-add
task.dependence.delete	2	task	delete	w	any					object	taskIdFrom:integer! taskIdTo:integer!				tasks/task-dependence-delete
task.elapseditem.add	2	task	add	w	any	p				integer	TASKID:integer! ARFIELDS:object!				tasks/elapsed-item/task-elapsed-item-add
task.elapseditem.delete	2	task	delete	w	any	p				null	TASKID:integer! ITEMID:integer!				tasks/elapsed-item/task-elapsed-item-delete
task.elapseditem.get	2	task	get	r	any	p				array	TASKID:integer! ITEMID:integer!				tasks/elapsed-item/task-elapsed-item-get
task.elapseditem.getlist	2	task	list	r	any	p	nav			array	TASKID:integer ORDER:object FILTER:object SELECT:array PARAMS:object				tasks/elapsed-item/task-elapsed-item-get-list	in=PARAMS/NAV_PARAMS max=50
task.elapseditem.getmanifest	2	task	other	r	any					object					tasks/elapsed-item/task-elapsed-item-get-manifest
task.elapseditem.isActionAllowed	2	task	other	r	any	p				boolean	TASKID:integer! ITEMID:integer! ACTIONID:integer!				tasks/elapsed-item/task-elapsed-item-is-action-allowed
task.elapseditem.update	2	task	update	w	any	p				null	TASKID:integer! ITEMID:integer! ARFIELDS:object!				tasks/elapsed-item/task-elapsed-item-update
task.item.add	2	task	add	w	any	d					TASKDATA:array		tasks.task.add		tasks/deprecated/task-item/task-item-add
task.item.addfile	2	task	other	w	any	dpf					TASK_ID:string NAME:string CONTENT:any		tasks.task.files.attach		tasks/deprecated/task-item/task-item-add-file
task.item.addtofavorite	2	task	other	w	any	dp					TASK_ID:integer PARAMS:object		tasks.task.favorite.add		tasks/deprecated/task-item/task-item-add-to-favourite
task.item.approve	2	task	other	w	any	d					TASKID:integer		tasks.task.approve		tasks/deprecated/task-item/task-item-approve
task.item.complete	2	task	other	w	any	d					TASKID:integer		tasks.task.complete		tasks/deprecated/task-item/task-item-complete
task.item.defer	2	task	other	w	any	d					TASKID:integer		tasks.task.defer		tasks/deprecated/task-item/task-item-defer
task.item.delegate	2	task	other	w	any	dp					TASKID:integer USERID:integer		tasks.task.delegate		tasks/deprecated/task-item/task-item-delegate
task.item.delete	2	task	delete	w	any	d					TASKID:integer		tasks.task.delete		tasks/deprecated/task-item/task-item-delete
task.item.deletefile	2	task	other	w	any	dp					TASK_ID:integer ATTACHMENT_ID:integer		tasks.task.update		tasks/deprecated/task-item/task-item-delete-file
task.item.deletefromfavorite	2	task	other	w	any	dp					TASK_ID:integer PARAMS:object		tasks.task.favorite.remove		tasks/deprecated/task-item/task-item-delete-from-favorite
task.item.disapprove	2	task	other	w	any	d					TASKID:integer		tasks.task.disapprove		tasks/deprecated/task-item/task-item-disapprove
task.item.getallowedactions	2	task	other	r	any	d					TASKID:integer		tasks.task.getaccess		tasks/deprecated/task-item/task-item-get-allowed-actions
task.item.getallowedtaskactionsasstrings	2	task	other	r	any	d					TASKID:integer		tasks.task.getaccess		tasks/deprecated/task-item/task-item-get-allowed-task-actions-as-strings
task.item.getdata	2	task	other	r	any	d					TASKID:integer		tasks.task.get		tasks/deprecated/task-item/task-item-get-data
task.item.getdependson	2	task	other	r	any	d					TASKID:integer		tasks.task.get		tasks/deprecated/task-item/task-item-get-dependson
task.item.getdescription	2	task	other	r	any	dp					TASKID:integer FORMAT:any		tasks.task.get		tasks/deprecated/task-item/task-item-get-description
task.item.getfiles	2	task	other	r	any	d					TASKID:any		tasks.task.get		tasks/deprecated/task-item/task-item-get-files
task.item.getmanifest	2	task	other	r	any	d							tasks.task.getFields		tasks/deprecated/task-item/task-item-get-manifest
task.item.isactionallowed	2	task	other	r	any	dp					TASKID:integer ACTIONID:any		tasks.task.getaccess		tasks/deprecated/task-item/task-item-is-action-allowed
task.item.list	2	task	list	r	any	dp	nav				ORDER:object FILTER:object PARAMS:array SELECT:array		tasks.task.list		tasks/deprecated/task-item/task-item-list	in=PARAMS/NAV_PARAMS max=50
task.item.renew	2	task	other	w	any	d					TASKID:any		tasks.task.renew		tasks/deprecated/task-item/task-item-renew
task.item.startexecution	2	task	other	w	any	d					TASKID:any		tasks.task.start		tasks/deprecated/task-item/task-item-start-execution
task.item.update	2	task	update	w	any	dp					TASKID:any TASKDATA:any		tasks.task.update		tasks/deprecated/task-item/task-item-update
task.item.userfield.add	2	task	add	w	admin					integer	PARAMS:object!				tasks/user-field/task-item-user-field-add
task.item.userfield.delete	2	task	delete	w	admin					boolean	ID:integer!				tasks/user-field/task-item-user-field-delete
task.item.userfield.get	2	task	get	r	any					object	ID:integer!				tasks/user-field/task-item-user-field-get
task.item.userfield.getfields	2	task	fields	r	any					object					tasks/user-field/task-item-user-field-get-fields
task.item.userfield.getlist	2	task	list	r	any		start			array	ORDER:object FILTER:object				tasks/user-field/task-item-user-field-get-list
task.item.userfield.gettypes	2	task	other	r	any		start			array					tasks/user-field/task-item-user-field-get-types
task.item.userfield.update	2	task	update	w	admin					boolean	ID:integer! DATA:object!				tasks/user-field/task-item-user-field-update
task.items.getlist	2	task	list	r	any	dp	nav				ORDER:object FILTER:object TASKDATA:array NAV_PARAMS:array		tasks.task.list		tasks/deprecated/task-items-get-list	in=NAV_PARAMS max=50
task.logitem.list	2	task	list	r	any	d					ID:any!		tasks.task.history.list		tasks/deprecated/task-item/task-log-item-list
task.planner.getlist	2	task	list	r	any					array					tasks/planner/task-planner-get-list
task.stages.add	2	task	add	w	rights					integer	fields:object! isAdmin:boolean				tasks/stages/task-stages-add
task.stages.canmovetask	2	task	other	r	rights					boolean	entityId:integer! entityType:string!				tasks/stages/task-stages-can-move-task
task.stages.delete	2	task	delete	w	rights					boolean	id:integer! isAdmin:boolean				tasks/stages/task-stages-delete
task.stages.get	2	task	get	r	rights					object	entityId:integer! isAdmin:boolean				tasks/stages/task-stages-get
task.stages.movetask	2	task	other	w	rights					boolean	id:integer! stageId:integer! before:integer after:integer				tasks/stages/task-stages-move-task
task.stages.update	2	task	update	w	rights					boolean	id:integer! fields:array! isAdmin:boolean				tasks/stages/task-stages-update
tasks.api.scrum.backlog.add	2	task	add	w	any					object	fields:object!				sonet-group/scrum/backlog/tasks-api-scrum-backlog-add
tasks.api.scrum.backlog.delete	2	task	delete	w	any					array	id:integer!				sonet-group/scrum/backlog/tasks-api-scrum-backlog-delete
tasks.api.scrum.backlog.get	2	task	get	r	any					object	id:integer!				sonet-group/scrum/backlog/tasks-api-scrum-backlog-get
tasks.api.scrum.backlog.getFields	2	task	fields	r	any				fields	object					sonet-group/scrum/backlog/tasks-api-scrum-backlog-get-fields
tasks.api.scrum.backlog.update	2	task	update	w	any					object	id:integer! fields:object!				sonet-group/scrum/backlog/tasks-api-scrum-backlog-update
tasks.api.scrum.epic.add	2	task	add	w	rights					object	fields:object!				sonet-group/scrum/epic/tasks-api-scrum-epic-add
tasks.api.scrum.epic.delete	2	task	delete	w	rights						id:integer!				sonet-group/scrum/epic/tasks-api-scrum-epic-delete
tasks.api.scrum.epic.get	2	task	get	r	rights					object	id:integer!				sonet-group/scrum/epic/tasks-api-scrum-epic-get
tasks.api.scrum.epic.getFields	2	task	fields	r	any				fields	object					sonet-group/scrum/epic/tasks-api-scrum-epic-get-fields
tasks.api.scrum.epic.list	2	task	list	r	any		start			array	order:array filter:array select:array start:integer				sonet-group/scrum/epic/tasks-api-scrum-epic-list
tasks.api.scrum.epic.update	2	task	update	w	rights					object	id:integer! fields:array!				sonet-group/scrum/epic/tasks-api-scrum-epic-update
tasks.api.scrum.kanban.addStage	2	task	other	w	any					integer	fields:object!				sonet-group/scrum/kanban/tasks-api-scrum-kanban-add-stage
tasks.api.scrum.kanban.addTask	2	task	other	w	any					boolean	sprintId:integer! taskId:integer! stageId:integer!				sonet-group/scrum/kanban/tasks-api-scrum-kanban-add-task
tasks.api.scrum.kanban.deleteStage	2	task	other	w	any					boolean	stageId:integer!				sonet-group/scrum/kanban/tasks-api-scrum-kanban-delete-stage
tasks.api.scrum.kanban.deleteTask	2	task	other	w	any					boolean	sprintId:integer! taskId:integer!				sonet-group/scrum/kanban/tasks-api-scrum-kanban-delete-task
tasks.api.scrum.kanban.getFields	2	task	fields	r	any				fields	object					sonet-group/scrum/kanban/tasks-api-scrum-kanban-get-fields
tasks.api.scrum.kanban.getStages	2	task	other	r	any					array	sprintId:integer!				sonet-group/scrum/kanban/tasks-api-scrum-kanban-get-stages
tasks.api.scrum.kanban.updateStage	2	task	other	w	any					boolean	stageId:integer! fields:object!				sonet-group/scrum/kanban/tasks-api-scrum-kanban-update-stage
tasks.api.scrum.sprint.add	2	task	add	w	rights					object	fields:object!				sonet-group/scrum/sprint/tasks-api-scrum-sprint-add
tasks.api.scrum.sprint.complete	2	task	other	w	any					object	id:integer!				sonet-group/scrum/sprint/tasks-api-scrum-sprint-complete
tasks.api.scrum.sprint.delete	2	task	delete	w	rights					array	id:integer!				sonet-group/scrum/sprint/tasks-api-scrum-sprint-delete
tasks.api.scrum.sprint.get	2	task	get	r	any					object	sprintId:integer!				sonet-group/scrum/sprint/tasks-api-scrum-sprint-get
tasks.api.scrum.sprint.getFields	2	task	fields	r	any				fields	object					sonet-group/scrum/sprint/tasks-api-scrum-sprint-get-fields
tasks.api.scrum.sprint.list	2	task	list	r	any		start			array	order:object filter:object select:object start:integer				sonet-group/scrum/sprint/tasks-api-scrum-sprint-list
tasks.api.scrum.sprint.start	2	task	other	w	any					object	id:integer!				sonet-group/scrum/sprint/tasks-api-scrum-sprint-start
tasks.api.scrum.sprint.update	2	task	update	w	rights					object	id:integer! fields:object!				sonet-group/scrum/sprint/tasks-api-scrum-sprint-update
tasks.api.scrum.task.get	2	task	get	r	rights					object	id:integer!				sonet-group/scrum/task/tasks-api-scrum-task-get
tasks.api.scrum.task.getFields	2	task	fields	r	any				fields	object					sonet-group/scrum/task/tasks-api-scrum-task-get-fields
tasks.api.scrum.task.update	2	task	update	w	rights					object	id:integer! fields:object!				sonet-group/scrum/task/tasks-api-scrum-task-update
tasks.flow.Flow.activate	2	task	other	w	rights					boolean	flowId:integer!				tasks/flow/tasks-flow-flow-activate
tasks.flow.Flow.create	2	task	add	w	rights					object	flowData:object!				tasks/flow/tasks-flow-flow-create
tasks.flow.Flow.delete	2	task	delete	w	rights					object	flowData:object!				tasks/flow/tasks-flow-flow-delete
tasks.flow.Flow.get	2	task	get	r	rights					object	flowId:integer!				tasks/flow/tasks-flow-flow-get
tasks.flow.Flow.isExists	2	task	other	r	any					object	flowData:object! name:string! id:integer				tasks/flow/tasks-flow-flow-is-exists
tasks.flow.Flow.pin	2	task	other	w	rights					boolean	flowId:integer!				tasks/flow/tasks-flow-flow-pin
tasks.flow.Flow.update	2	task	update	w	rights					object	flowData:object!				tasks/flow/tasks-flow-flow-update
tasks.task.access.field.get	3	tasks	get	r	any				item	object	name:string! select:array				tasks/tasks-task-access-field-get
tasks.task.access.field.list	3	tasks	list	r	any				items	object	select:array				tasks/tasks-task-access-field-list
tasks.task.access.get	3	tasks	get	r	any					object	id:integer!				tasks/tasks-task-access-get
tasks.task.add	2	task	add	w	any				task	object	fields:object!				tasks/tasks-task-add
tasks.task.add	3	tasks	add	w	any				item	object	fields:object!				tasks/tasks-task-add-rest-v3
tasks.task.approve	2	task	other	w	rights					object	taskId:integer!				tasks/tasks-task-approve
tasks.task.chat.message.field.get	3	tasks	get	r	any				item	object	name:string! select:array				tasks/tasks-task-chat-message-field-get
tasks.task.chat.message.field.list	3	tasks	list	r	any				items	object	select:array				tasks/tasks-task-chat-message-field-list
tasks.task.chat.message.send	3	tasks	other	w	rights				result	object	fields:object!				tasks/tasks-task-chat-message-send
tasks.task.complete	2	task	other	w	rights				task	object	taskId:integer!				tasks/status/tasks-task-complete
tasks.task.counters.get	2	task	get	r	any					object	userId:integer groupId:integer type:string				tasks/tasks-task-counters-get
tasks.task.defer	2	task	other	w	rights					object	taskId:integer!				tasks/status/tasks-task-defer
tasks.task.delegate	2	task	other	w	rights					object	taskId:integer! userId:integer!				tasks/tasks-task-delegate
tasks.task.delete	2	task	delete	w	rights					object	taskId:integer!				tasks/tasks-task-delete
tasks.task.delete	3	tasks	delete	w	rights				result	object	id:integer!				tasks/tasks-task-delete-rest-v3
tasks.task.disapprove	2	task	other	w	rights					object	taskId:integer!				tasks/tasks-task-disapprove
tasks.task.favorite.add	2	task	add	w	rights					boolean	taskId:integer!				tasks/user-actions/tasks-task-favorite-add
tasks.task.favorite.remove	2	task	delete	w	rights					boolean	taskId:integer!				tasks/user-actions/tasks-task-favorite-remove
tasks.task.field.get	3	tasks	get	r	any				item	object	name:string! select:array				tasks/tasks-task-field-get
tasks.task.field.list	3	tasks	list	r	any				items	object	select:array				tasks/tasks-task-field-list
tasks.task.file.attach	3	tasks	other	w	rights				result	object	taskId:integer! fileIds:integer[]!				tasks/tasks-task-file-attach
tasks.task.file.field.get	3	tasks	get	r	any				item	object	name:string! select:array				tasks/tasks-task-file-field-get
tasks.task.file.field.list	3	tasks	list	r	any				items	object	select:array				tasks/tasks-task-file-field-list
tasks.task.files.attach	2	task	other	w	rights					object	taskId:integer! fileId:integer!				tasks/tasks-task-files-attach
tasks.task.get	2	task	get	r	any				task	object	taskId:integer select:array				tasks/tasks-task-get
tasks.task.get	3	tasks	get	r	any				item	object	id:integer! select:array				tasks/tasks-task-get-rest-v3
tasks.task.getaccess	2	task	other	r	any				allowedActions	object	taskId:integer! users:array				tasks/tasks-task-get-access
tasks.task.getFields	2	task	fields	r	any				fields	object					tasks/tasks-task-get-fields
tasks.task.history.list	2	task	list	r	rights				list	object	taskId:integer! filter:object order:object				tasks/tasks-task-history-list
tasks.task.list	2	task	list	r	any		start	ID:id	tasks	object	order:object filter:object select:array params:object start:integer				tasks/tasks-task-list
tasks.task.list	3	tasks	list	r	any		pagination	id:id	items	object	select:array filter:array order:object pagination:object				tasks/tasks-task-list-rest-v3	in=pagination max=1000
tasks.task.mute	2	task	other	w	any					object	id:integer!				tasks/user-actions/tasks-task-mute
tasks.task.pause	2	task	other	w	rights					object	taskId:integer!				tasks/status/tasks-task-pause
tasks.task.pin	2	task	other	w	rights				task	object	id:integer!				tasks/user-actions/tasks-task-pin
tasks.task.renew	2	task	other	w	rights					object	taskId:integer!				tasks/status/tasks-task-renew
tasks.task.result.add	3	tasks	add	w	rights				item	object	fields:object!				tasks/result/tasks-task-result-add
tasks.task.result.addfromchatmessage	3	tasks	other	w	rights				item	object	fields:object!				tasks/result/tasks-task-result-addfromchatmessage
tasks.task.result.addFromComment	2	task	other	w	rights					object	commentId:integer!				tasks/result/tasks-task-result-add-from-comment
tasks.task.result.delete	3	tasks	delete	w	rights				result	object	id:integer!				tasks/result/tasks-task-result-delete
tasks.task.result.deleteFromComment	2	task	other	w	rights					null	commentId:integer!				tasks/result/tasks-task-result-delete-from-comment
tasks.task.result.list	2	task	list	r	rights					array	taskId:integer!				tasks/result/tasks-task-result-list
tasks.task.result.list	3	tasks	list	r	rights		pagination		items	object	order:object filter:array! select:array pagination:object				tasks/result/tasks-task-result-list-rest-v3	in=pagination
tasks.task.result.update	3	tasks	update	w	rights				item	object	id:integer! fields:object!				tasks/result/tasks-task-result-update
tasks.task.start	2	task	other	w	rights					object	taskId:integer!				tasks/status/tasks-task-start
tasks.task.startwatch	2	task	other	w	rights					object	taskId:integer!				tasks/user-actions/tasks-task-start-watch
tasks.task.stopwatch	2	task	other	w	rights					object	taskId:integer!				tasks/user-actions/tasks-task-stop-watch
tasks.task.unmute	2	task	other	w	any					object	id:integer!				tasks/user-actions/tasks-task-unmute
tasks.task.unpin	2	task	other	w	rights				task	object	id:integer!				tasks/user-actions/tasks-task-unpin
tasks.task.update	2	task	update	w	rights				task	object	taskId:integer! fields:object!				tasks/tasks-task-update
tasks.task.update	3	tasks	update	w	rights				result	object	id:integer! fields:object!				tasks/tasks-task-update-rest-v3
tasks.template.add	2	task	add	w	rights					integer	fields:object!				tasks/template/tasks-template-add
tasks.template.checklist.add	2	task	add	w	rights				checkListItem	object	templateId:integer! fields:object!				tasks/template/checklist/tasks-template-checklist-add
tasks.template.checklist.addAttachmentByContent	2	task	other	w	rights	f			checkListItem	object	templateId:integer! checkListItemId:integer! attachmentParameters:object!				tasks/template/checklist/tasks-template-checklist-add-attachment-by-content
tasks.template.checklist.addAttachmentsFromDisk	2	task	other	w	rights				checkListItem	object	templateId:integer! checkListItemId:integer! filesIds:array!				tasks/template/checklist/tasks-template-checklist-add-attachments-from-disk
tasks.template.checklist.complete	2	task	other	w	rights				checkListItem	object	templateId:integer! checkListItemId:integer!				tasks/template/checklist/tasks-template-checklist-complete
tasks.template.checklist.delete	2	task	delete	w	rights					boolean	templateId:integer! checkListItemId:integer!				tasks/template/checklist/tasks-template-checklist-delete
tasks.template.checklist.get	2	task	get	r	rights				checkListItem	object	templateId:integer! checkListItemId:integer!				tasks/template/checklist/tasks-template-checklist-get
tasks.template.checklist.list	2	task	list	r	rights				checkListItems	object	templateId:integer! filter:object select:array order:object				tasks/template/checklist/tasks-template-checklist-list
tasks.template.checklist.moveAfter	2	task	other	w	rights				checkListItem	object	templateId:integer! checkListItemId:integer! afterItemId:integer!				tasks/template/checklist/tasks-template-checklist-move-after
tasks.template.checklist.moveBefore	2	task	other	w	rights				checkListItem	object	templateId:integer! checkListItemId:integer! beforeItemId:integer!				tasks/template/checklist/tasks-template-checklist-move-before
tasks.template.checklist.removeAttachments	2	task	other	w	rights				checkListItem	object	templateId:integer! checkListItemId:integer! attachmentsIds:array!				tasks/template/checklist/tasks-template-checklist-remove-attachments
tasks.template.checklist.renew	2	task	other	w	rights				checkListItem	object	templateId:integer! checkListItemId:integer!				tasks/template/checklist/tasks-template-checklist-renew
tasks.template.checklist.update	2	task	update	w	rights				checkListItem	object	templateId:integer! checkListItemId:integer! fields:object!				tasks/template/checklist/tasks-template-checklist-update
tasks.template.delete	2	task	delete	w	rights					boolean	templateId:integer!				tasks/template/tasks-template-delete
tasks.template.fields	2	task	fields	r	any					object					tasks/template/tasks-template-fields
tasks.template.get	2	task	get	r	rights					object	templateId:integer! params:object				tasks/template/tasks-template-get
tasks.template.update	2	task	update	w	rights					boolean	templateId:integer! fields:object!				tasks/template/tasks-template-update
telephony.call.attachTranscription	2	telephony	other	w	any					object	CALL_ID:string! MESSAGES:array! COST:double COST_CURRENCY:string				telephony/telephony-call-attach-transcription
telephony.externalCall.attachRecord	2	telephony	other	w	any	fu				object	CALL_ID:string! RECORD_URL:string FILENAME:string FILE_CONTENT:string				telephony/telephony-external-call-attach-record
telephony.externalCall.finish	2	telephony	other	w	any	a				object	CALL_ID:string! USER_ID:integer? USER_PHONE_INNER:string? DURATION:integer COST:double COST_CURRENCY:string STATUS_CODE:string FAILED_REASON:string RECORD_URL:string VOTE:integer ADD_TO_CHAT:integer	USER_ID|USER_PHONE_INNER			telephony/telephony-external-call-finish
telephony.externalCall.hide	2	telephony	other	w	any					boolean	CALL_ID:string! USER_ID:integer|integer[]				telephony/telephony-external-call-hide
telephony.externalCall.register	2	telephony	other	w	any	a				object	USER_ID:integer? USER_PHONE_INNER:string? PHONE_NUMBER:string! TYPE:integer! CALL_START_DATE:string CRM_CREATE:integer CRM_SOURCE:string CRM_ENTITY_TYPE:string CRM_ENTITY_ID:integer SHOW:integer ADD_TO_CHAT:integer CALL_LIST_ID:integer LINE_NUMBER:string EXTERNAL_CALL_ID:string	USER_ID|USER_PHONE_INNER			telephony/telephony-external-call-register
telephony.externalCall.searchCrmEntities	2	telephony	other	r	any					array	PHONE_NUMBER:string!				telephony/telephony-external-call-search-crm-entities
telephony.externalCall.show	2	telephony	other	w	any					boolean	CALL_ID:string! USER_ID:integer|integer[]				telephony/telephony-external-call-show
telephony.externalLine.add	2	telephony	add	w	any	a			ID	object	NUMBER:string! NAME:string CRM_AUTO_CREATE:string				telephony/telephony-external-line-add
telephony.externalLine.delete	2	telephony	delete	w	any	a				array	NUMBER:string!				telephony/telephony-external-line-delete
telephony.externalLine.get	2	telephony	get	r	any	a				array					telephony/telephony-external-line-get
telephony.externalLine.update	2	telephony	update	w	any	a			ID	object	NUMBER:string! NAME:string CRM_AUTO_CREATE:string				telephony/telephony-external-line-update
timeman.close	2	timeman	other	w	any					object	USER_ID:integer TIME:datetime REPORT:string LAT:double LON:double				timeman/base/timeman-close
timeman.networkrange.check	2	timeman	other	r	admin					object	IP:string				timeman/networkrange/timeman-networkrange-check
timeman.networkrange.get	2	timeman	get	r	admin					array					timeman/networkrange/timeman-networkrange-get
timeman.networkrange.set	2	timeman	other	w	admin				result	object	RANGES:string!				timeman/networkrange/timeman-networkrange-set
timeman.open	2	timeman	other	w	any					object	USER_ID:integer TIME:datetime REPORT:string LAT:double LON:double				timeman/base/timeman-open
timeman.pause	2	timeman	other	w	any					object	USER_ID:integer				timeman/base/timeman-pause
timeman.record.field.get	3	timeman	get	r	any				item	object	name:string! select:array				timeman/record/timeman-record-field-get
timeman.record.field.list	3	timeman	list	r	any				items	object	select:array				timeman/record/timeman-record-field-list
timeman.record.list	3	timeman	list	r	rights		pagination		items	object	filter:array! select:array order:object pagination:object				timeman/record/timeman-record-list	in=pagination
timeman.schedule.get	2	timeman	get	r	any					object	id:integer				timeman/schedule/timeman-schedule-get
timeman.settings	2	timeman	other	r	any					object	USER_ID:integer				timeman/base/timeman-settings
timeman.status	2	timeman	other	r	any					object	USER_ID:integer				timeman/base/timeman-status
timeman.timecontrol.report.add	2	timeman	add	w	any					boolean	REPORT_ID:integer! USER_ID:integer TEXT:string! TYPE:string CALENDAR:string				timeman/timecontrol/timeman-timecontrol-report-add
timeman.timecontrol.reports.get	2	timeman	get	r	rights					object	USER_ID:integer! MONTH:integer! YEAR:integer! IDLE_MINUTES:integer WORKDAY_HOURS:integer				timeman/timecontrol/timeman-timecontrol-reports-get
timeman.timecontrol.reports.settings.get	2	timeman	get	r	any					object					timeman/timecontrol/timeman-timecontrol-reports-settings-get
timeman.timecontrol.reports.users.get	2	timeman	get	r	any					array	DEPARTMENT_ID:integer				timeman/timecontrol/timeman-timecontrol-reports-users-get
timeman.timecontrol.settings.get	2	timeman	get	r	admin					object					timeman/timecontrol/timeman-timecontrol-settings-get
timeman.timecontrol.settings.set	2	timeman	other	w	admin					boolean	ACTIVE:boolean MINIMUM_IDLE_FOR_REPORT:integer REGISTER_OFFLINE:boolean REGISTER_IDLE:boolean REGISTER_DESKTOP:boolean REPORT_REQUEST_TYPE:string REPORT_REQUEST_USERS:array REPORT_SIMPLE_TYPE:string REPORT_SIMPLE_USERS:array REPORT_FULL_TYPE:string REPORT_FULL_USERS:array				timeman/timecontrol/timeman-timecontrol-settings-set
user.access	2	basic	other	r	any					boolean	ACCESS:array!				common/users/user-access
user.add	2	user	add	w	admin	f				integer	EMAIL:string! NAME:string LAST_NAME:string SECOND_NAME:string PERSONAL_GENDER:string PERSONAL_PROFESSION:string PERSONAL_WWW:string PERSONAL_BIRTHDAY:string PERSONAL_PHOTO:array PERSONAL_ICQ:string PERSONAL_PHONE:string PERSONAL_FAX:string PERSONAL_MOBILE:string PERSONAL_PAGER:string PERSONAL_STREET:string PERSONAL_CITY:string PERSONAL_STATE:string PERSONAL_ZIP:string PERSONAL_COUNTRY:string PERSONAL_MAILBOX:string PERSONAL_NOTES:string WORK_PHONE:string WORK_COMPANY:string WORK_POSITION:string WORK_DEPARTMENT:string WORK_WWW:string WORK_FAX:string WORK_PAGER:string WORK_STREET:string WORK_MAILBOX:string WORK_CITY:string WORK_STATE:string WORK_ZIP:string WORK_COUNTRY:string WORK_PROFILE:string WORK_LOGO:array WORK_NOTES:string UF_SKYPE_LINK:string UF_ZOOM:string UF_DEPARTMENT:string UF_INTERESTS:string UF_SKILLS:string UF_WEB_SITES:string UF_XING:string UF_LINKEDIN:string UF_FACEBOOK:string UF_TWITTER:string UF_SKYPE:string UF_DISTRICT:string UF_PHONE_INNER:string				user/user-add
user.admin	2	basic	other	r	any					boolean					common/users/user-admin
user.current	2	user,user_brief,user_basic	other	r	any					object					user/user-current
user.fields	2	user,user_brief,user_basic	fields	r	any					object					user/user-fields
user.get	2	user,user_brief,user_basic	list	r	any		start	ID:ID:words:beside		array	sort:string order:string FILTER:string ADMIN_MODE:boolean select:array IMAGE_RESIZE:string start:integer				user/user-get
user.option.get	2	basic	get	r	any	a				object|string|null	option:string				common/settings/user-option-get
user.option.set	2	basic	other	w	any	a				boolean	options:array!				common/settings/user-option-set
user.search	2	user,user_brief,user_basic	other	r	any		start	ID:ID:words:beside		array	FILTER:string sort:string order:string ADMIN_MODE:boolean select:array start:integer				user/user-search
user.update	2	user	update	w	admin	f				boolean	ID:integer! ACTIVE:boolean EMAIL:string NAME:string LAST_NAME:string SECOND_NAME:string PERSONAL_GENDER:string PERSONAL_PROFESSION:string PERSONAL_WWW:string PERSONAL_BIRTHDAY:string PERSONAL_PHOTO:array PERSONAL_ICQ:string PERSONAL_PHONE:string PERSONAL_FAX:string PERSONAL_MOBILE:string PERSONAL_PAGER:string PERSONAL_STREET:string PERSONAL_CITY:string PERSONAL_STATE:string PERSONAL_ZIP:string PERSONAL_COUNTRY:string PERSONAL_MAILBOX:string PERSONAL_NOTES:string WORK_PHONE:string WORK_COMPANY:string WORK_POSITION:string WORK_DEPARTMENT:string WORK_WWW:string WORK_FAX:string WORK_PAGER:string WORK_STREET:string WORK_MAILBOX:string WORK_CITY:string WORK_STATE:string WORK_ZIP:string WORK_COUNTRY:string WORK_PROFILE:string WORK_LOGO:array WORK_NOTES:string UF_SKYPE_LINK:string UF_ZOOM:string UF_DEPARTMENT:string UF_INTERESTS:string UF_SKILLS:string UF_WEB_SITES:string UF_XING:string UF_LINKEDIN:string UF_FACEBOOK:string UF_TWITTER:string UF_SKYPE:string UF_DISTRICT:string UF_PHONE_INNER:string				user/user-update
user.userfield.add	2	user.userfield	add	w	admin					integer	fields:object!				user/userfields/user-userfield-add
user.userfield.delete	2	user.userfield	delete	w	admin					boolean	id:integer!				user/userfields/user-userfield-delete
user.userfield.file.get	2	user.userfield	get	r	any	b				binary	id:integer! field:string! value:integer!				user/userfields/user-userfield-file-get
user.userfield.list	2	user.userfield	list	r	admin		start			array	order:string|array filter:array				user/userfields/user-userfield-list
user.userfield.update	2	user.userfield	update	w	admin					boolean	id:integer! fields:object				user/userfields/user-userfield-update
userconsent.agreement.list	2	userconsent	list	r	any					array					user-consent/user-consent-agreement-list
userconsent.agreement.text	2	userconsent	other	r	any					object	id:integer! replace:object				user-consent/user-consent-agreement-text
userconsent.consent.add	2	userconsent	add	w	any					integer	AGREEMENT_ID:integer! IP:string! USER_ID:integer URL:string ORIGIN_ID:string ORIGINATOR_ID:string				user-consent/user-consent-consent-add
userfieldconfig.add	2	userfieldconfig,crm	add	w	rights				field	object	moduleId:string! field:object!				crm/universal/userfieldconfig/userfieldconfig-add
userfieldconfig.delete	2	userfieldconfig,crm	delete	w	rights					null	moduleId:string! id:integer!				crm/universal/userfieldconfig/userfieldconfig-delete
userfieldconfig.get	2	userfieldconfig,crm	get	r	rights				field	object	moduleId:string! id:integer!				crm/universal/userfieldconfig/userfieldconfig-get
userfieldconfig.getTypes	2	userfieldconfig,crm	other	r	rights				types	object	moduleId:string!				crm/universal/userfieldconfig/userfieldconfig-get-types
userfieldconfig.list	2	userfieldconfig,crm	list	r	rights		start		fields	object	moduleId:string! select:object order:object filter:object start:integer				crm/universal/userfieldconfig/userfieldconfig-list
userfieldconfig.update	2	userfieldconfig,crm	update	w	rights				field	object	moduleId:string! id:integer! field:object!				crm/universal/userfieldconfig/userfieldconfig-update
userfieldtype.add	2	placement	add	w	admin					boolean	USER_TYPE_ID:string! HANDLER:string! TITLE:string DESCRIPTION:string OPTIONS:array				widgets/user-field/userfieldtype-add
userfieldtype.delete	2	placement	delete	w	admin					boolean	USER_TYPE_ID:string!				widgets/user-field/userfieldtype-delete
userfieldtype.list	2	placement	list	r	admin		start			array					widgets/user-field/userfieldtype-list
userfieldtype.update	2	placement	update	w	admin					boolean	USER_TYPE_ID:string! HANDLER:string! TITLE:string! DESCRIPTION:string OPTIONS:array				widgets/user-field/userfieldtype-update
vote.AttachedVote.download	2	vote	other	r	rights	b				binary	attachId:integer moduleId:string entityType:string entityId:integer signedAttachId:string				vote/vote.attachedvote.download
vote.AttachedVote.get	2	vote	get	r	rights				attach	object	attachId:integer moduleId:string entityType:string entityId:integer signedAttachId:string				vote/vote.attachedvote.get
vote.AttachedVote.getAnswerVoted	2	vote	other	r	rights		page		items	object	attachId:integer answerId:integer! pageNavigation:object userForMobileFormat:boolean moduleId:string entityType:string entityId:integer signedAttachId:string				vote/vote.attachedvote.getAnswerVoted
vote.AttachedVote.getMany	2	vote	other	r	rights				items	object	moduleId:string! entityType:string! entityId:integer!				vote/vote.attachedvote.getMany
vote.AttachedVote.getWithVoted	2	vote	other	r	rights					object	attachId:integer pageSize:integer userForMobileFormat:boolean moduleId:string entityType:string entityId:integer signedAttachId:string				vote/vote.attachedvote.getWithVoted
vote.AttachedVote.recall	2	vote	other	w	rights				attach	object	attachId:integer moduleId:string entityType:string entityId:integer signedAttachId:string				vote/vote.attachedvote.recall
vote.AttachedVote.resume	2	vote	other	w	rights					array	attachId:integer moduleId:string entityType:string entityId:integer signedAttachId:string				vote/vote.attachedvote.resume
vote.AttachedVote.stop	2	vote	other	w	rights					array	attachId:integer moduleId:string entityType:string entityId:integer signedAttachId:string				vote/vote.attachedvote.stop
vote.AttachedVote.vote	2	vote	other	w	rights				attach	object	attachId:integer ballot:object! moduleId:string entityType:string entityId:integer signedAttachId:string				vote/vote.attachedvote.vote
vote.Integration.Im.send	2	vote	other	w	any					object	chatId:integer! IM_MESSAGE_VOTE_DATA:object! templateId:string				vote/vote.integration.im.send
voximplant.callback.start	2	telephony	other	w	rights					object	FROM_LINE:string! TO_NUMBER:string! TEXT_TO_PRONOUNCE:string! VOICE:string				telephony/voximplant/voximplant-callback-start
voximplant.infocall.startwithsound	2	telephony,call	other	w	rights					object	FROM_LINE:string! TO_NUMBER:string! URL:string!				telephony/voximplant/voximplant-infocall-start-with-sound
voximplant.infocall.startwithtext	2	telephony,call	other	w	rights					object	FROM_LINE:string! TO_NUMBER:string! TEXT_TO_PRONOUNCE:string! VOICE:string				telephony/voximplant/voximplant-infocall-start-with-text
voximplant.line.get	2	telephony	get	r	rights					object					telephony/voximplant/lines/voximplant-line-get
voximplant.line.outgoing.get	2	telephony	get	r	rights					string					telephony/voximplant/lines/voximplant-line-outgoing-get
voximplant.line.outgoing.set	2	telephony	other	w	rights					integer	LINE_ID:string!				telephony/voximplant/lines/voximplant-line-outgoing-set
voximplant.line.outgoing.sip.set	2	telephony	other	w	rights					integer	CONFIG_ID:integer!				telephony/voximplant/lines/voximplant-line-outgoing-sip-set
voximplant.sip.add	2	telephony	add	w	rights					object	SERVER:string! LOGIN:string! PASSWORD:string? TYPE:string TITLE:string				telephony/voximplant/sip/voximplant-sip-add
voximplant.sip.connector.status	2	telephony	other	r	rights					object					telephony/voximplant/sip/voximplant-sip-connector-status
voximplant.sip.delete	2	telephony	delete	w	rights					integer	CONFIG_ID:integer!				telephony/voximplant/sip/voximplant-sip-delete
voximplant.sip.get	2	telephony	list	r	rights		start			object[]	FILTER:object SORT:string ORDER:string start:integer				telephony/voximplant/sip/voximplant-sip-get
voximplant.sip.status	2	telephony	other	r	rights					object	REG_ID:integer!				telephony/voximplant/sip/voximplant-sip-status
voximplant.sip.update	2	telephony	update	w	rights					integer	CONFIG_ID:integer! TITLE:string? SERVER:string? LOGIN:string? PASSWORD:string?	TITLE|SERVER|LOGIN|PASSWORD			telephony/voximplant/sip/voximplant-sip-update
voximplant.statistic.get	2	telephony	list	r	rights		start	ID:ID:words		array	FILTER:object SORT:string ORDER:string start:integer				telephony/voximplant/voximplant-statistic-get
voximplant.tts.voices.get	2	telephony	get	r	any					object					telephony/voximplant/voximplant-tts-voices-get
voximplant.url.get	2	telephony	get	r	any					object					telephony/voximplant/voximplant-url-get
voximplant.user.activatePhone	2	telephony	other	w	rights					integer	USER_ID:integer!				telephony/voximplant/users/voximplant-user-activate-phone
voximplant.user.deactivatePhone	2	telephony	other	w	admin						USER_ID:integer!				telephony/voximplant/users/voximplant-user-deactivate-phone
voximplant.user.get	2	telephony	get	r	rights	c				array	USER_ID:integer|integer[]!				telephony/voximplant/users/voximplant-user-get
"""#
